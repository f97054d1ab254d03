// What has been done and can be taken back. The browser's own memory forgets what a script does to a text.

const PAUSE = 1000; // milliseconds after which typing is a new step
const MOST_STEPS = 500;

export class History {
  #done = [];
  #undone = [];

  /** Note an edit and the one that takes it back. */
  note(edit, back) {
    const last = this.#done.at(-1);
    const now = performance.now();
    this.#undone = [];
    if (last && continues(last.edit, edit, now - last.time)) {
      last.edit = { ...last.edit, text: last.edit.text + edit.text };
      last.back = { ...last.back, stop: last.back.stop + edit.text.length };
      last.time = now;
      return;
    }
    this.#done.push({ edit, back, time: now });
    if (this.#done.length > MOST_STEPS) this.#done.shift();
  }

  /** The edit that takes the last one back, or nothing. */
  undo() {
    const step = this.#done.pop();
    if (step) this.#undone.push(step);
    return step?.back;
  }

  redo() {
    const step = this.#undone.pop();
    if (step) this.#done.push({ ...step, time: 0 });
    return step?.edit;
  }
}

/** Whether one goes on typing the same word. */
function continues(before, edit, pause) {
  const isTyped = edit.start === edit.stop && edit.text.length === 1 && before.start === before.stop;
  return isTyped && pause < PAUSE && edit.start === before.start + before.text.length && !/\s/u.test(edit.text);
}
