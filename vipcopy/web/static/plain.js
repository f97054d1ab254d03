// A text area over its mirror, which holds the marks: for browsers without highlights.

export class PlainBody {
  element = document.createElement("textarea");
  #mirror = document.createElement("div");
  #spans = [];

  constructor(place) {
    const stack = document.createElement("div");
    stack.className = "stack";
    this.#mirror.className = "text mirror";
    this.#mirror.setAttribute("aria-hidden", "true");
    this.element.className = "text";
    stack.append(this.#mirror, this.element);
    place.append(stack);
    this.#paint();
  }

  read() {
    return this.element.value;
  }

  splice(edit, text) {
    this.element.value = text;
    this.#spans = [];
    this.#paint();
  }

  selection() {
    return [this.element.selectionStart, this.element.selectionEnd];
  }

  select(start, stop) {
    this.element.setSelectionRange(start, stop);
  }

  offsetAt() {
    return null; // the browser itself knows where a text is dropped
  }

  reveal(start) {
    const mark = this.#mirror.querySelector(`[data-start="${start}"]`);
    mark?.scrollIntoView({ block: "center" });
  }

  mark(spans) {
    this.#spans = spans;
    this.#paint();
  }

  /** The text again, in stretches with the same marks. */
  #paint() {
    const text = this.element.value;
    const parts = [];
    let at = 0;
    for (const span of this.#spans) {
      if (span.start < at) continue; // it lies in another one, whose mark stands there
      const mark = document.createElement("mark");
      mark.className = span.look;
      mark.dataset.start = span.start;
      mark.append(text.slice(span.start, span.stop));
      parts.push(text.slice(at, span.start), mark);
      at = span.stop;
    }
    this.#mirror.replaceChildren(...parts, `${text.slice(at)}\n`);
  }
}
