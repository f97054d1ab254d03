// The editor: a text, its caret, edits that can be undone, marks on spans. Two bodies: see rich.js and plain.js.

import { applyEdit, cleanPasted, findEdit, invert } from "./edits.js";
import { History } from "./history.js";
import { PlainBody } from "./plain.js";
import { RichBody } from "./rich.js";

export class Editor {
  #text = "";
  #history = new History();
  #body;
  #listener;

  /** The listener is told of `changed(edit)`, `moved(caret)` and `dropped(file)`. */
  constructor(place, listener) {
    this.#listener = listener;
    this.#body = canBeRich() ? new RichBody(place) : new PlainBody(place);
    const element = this.#body.element;
    element.id = "text";
    element.setAttribute("aria-label", "Текст письма");
    element.setAttribute("spellcheck", "true");
    element.setAttribute("lang", "ru");
    element.addEventListener("input", () => this.#read());
    element.addEventListener("beforeinput", (event) => this.#refuse(event));
    element.addEventListener("keydown", (event) => this.#press(event));
    element.addEventListener("paste", (event) => this.#paste(event));
    element.addEventListener("drop", (event) => this.#drop(event));
    document.addEventListener("selectionchange", () => {
      if (document.activeElement === element) listener.moved(this.selection()[1]);
    });
    this.#show();
  }

  get text() {
    return this.#text;
  }

  /** The text as a whole, a step that can be undone. */
  replace(text) {
    this.apply(findEdit(this.#text, text), 0);
  }

  /** An edit made by the page; the caret goes to its end, or where it is told. */
  apply(edit, caret = edit.start + edit.text.length) {
    if (edit.start === edit.stop && !edit.text) return;
    this.#history.note(edit, invert(this.#text, edit));
    this.#put(edit, caret);
  }

  /** Where the selection starts and stops. */
  selection() {
    return this.#body.selection().map((offset) => Math.min(offset, this.#text.length));
  }

  select(start, stop) {
    this.#body.element.focus({ preventScroll: true });
    this.#body.select(start, stop);
    this.#body.reveal(start, stop);
  }

  reveal(start, stop) {
    this.#body.reveal(start, stop);
  }

  focus() {
    this.#body.element.focus();
  }

  /** Mark spans { start, stop, look }, sorted by start. */
  mark(spans) {
    this.#body.mark(spans);
  }

  undo() {
    const edit = this.#history.undo();
    if (edit) this.#put(edit, edit.start + edit.text.length);
  }

  redo() {
    const edit = this.#history.redo();
    if (edit) this.#put(edit, edit.start + edit.text.length);
  }

  #put(edit, caret) {
    this.#text = applyEdit(this.#text, edit);
    this.#body.splice(edit, this.#text);
    this.#body.select(caret, caret);
    this.#show();
    this.#listener.changed(edit);
  }

  #read() {
    const text = this.#body.read();
    const edit = findEdit(this.#text, text);
    if (edit.start === edit.stop && !edit.text) return;
    this.#history.note(edit, invert(this.#text, edit));
    this.#text = text;
    this.#show();
    this.#listener.changed(edit);
  }

  #show() {
    this.#body.element.classList.toggle("is-empty", !this.#text);
  }

  #refuse(event) {
    if (event.inputType === "historyUndo" || event.inputType === "historyRedo") {
      event.preventDefault();
      if (event.inputType === "historyUndo") this.undo();
      else this.redo();
    }
  }

  #press(event) {
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
    const isUndo = isCommand && event.code === "KeyZ";
    const isRedo = isCommand && event.code === "KeyY";
    if (!isUndo && !isRedo) return;
    event.preventDefault();
    if (isRedo || event.shiftKey) this.redo();
    else this.undo();
  }

  #paste(event) {
    event.preventDefault();
    const text = cleanPasted(event.clipboardData.getData("text/plain"));
    const [start, stop] = this.selection();
    this.apply({ start, stop, text });
  }

  #drop(event) {
    const [file] = event.dataTransfer.files;
    if (file) {
      event.preventDefault();
      this.#listener.dropped(file);
      return;
    }
    const at = this.#body.offsetAt(event.clientX, event.clientY);
    if (at === null) return;
    event.preventDefault();
    this.apply({ start: at, stop: at, text: cleanPasted(event.dataTransfer.getData("text/plain")) });
  }
}

function canBeRich() {
  try {
    const probe = document.createElement("div");
    probe.contentEditable = "plaintext-only";
    return probe.contentEditable === "plaintext-only" && "highlights" in CSS;
  } catch {
    return false; // an older browser doesn't know the word
  }
}
