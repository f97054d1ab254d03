// An editable element of plain text nodes; marks are highlights, which the text itself knows nothing of.

import { countBelow } from "./offsets.js";

const LOOKS = ["info", "warning", "error", "note", "active"]; // the later lies above the earlier
const FEW = 400; // so many marks are set all at once; of more, those near the window
const MARGIN = 600; // pixels around the window
const NARROW = 960; // pixels, as in the style sheets

export class RichBody {
  element = document.createElement("div");
  #spans = [];
  #isWaiting = false;

  constructor(place) {
    this.element.contentEditable = "plaintext-only";
    this.element.setAttribute("role", "textbox");
    this.element.setAttribute("aria-multiline", "true");
    this.element.className = "text";
    this.element.append("\n");
    place.append(this.element);
    LOOKS.forEach((look, priority) => {
      const highlight = new Highlight();
      highlight.priority = priority;
      CSS.highlights.set(look, highlight);
    });
    addEventListener("scroll", () => this.#paintSoon(), { passive: true });
    addEventListener("resize", () => this.#paintSoon());
  }

  /** The text. The last line end is the browser's own where the text would end in one, or be empty. */
  read() {
    if (this.element.querySelector(":not(br)")) this.#flatten();
    let text = "";
    for (const node of this.element.childNodes) text += node.nodeName === "BR" ? "\n" : node.data ?? "";
    return text.endsWith("\n") ? text.slice(0, -1) : text;
  }

  splice(edit, text) {
    const range = this.#range(edit.start, edit.stop);
    const node = range.startContainer;
    if (node === range.endContainer && node.nodeType === Node.TEXT_NODE) {
      node.replaceData(range.startOffset, edit.stop - edit.start, edit.text);
    } else {
      range.deleteContents();
      if (edit.text) range.insertNode(document.createTextNode(edit.text));
    }
    this.#guardEnd(text);
  }

  selection() {
    const selected = getSelection();
    if (!selected.rangeCount) return [0, 0];
    const range = selected.getRangeAt(0);
    const start = this.#offset(range.startContainer, range.startOffset);
    return [start, this.#offset(range.endContainer, range.endOffset)];
  }

  select(start, stop) {
    const range = this.#range(start, stop);
    const { startContainer, startOffset, endContainer, endOffset } = range;
    getSelection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
  }

  offsetAt(x, y) {
    const place = document.caretPositionFromPoint?.(x, y);
    return place && this.element.contains(place.offsetNode) ? this.#offset(place.offsetNode, place.offset) : null;
  }

  reveal(start, stop) {
    const box = this.#range(start, stop).getBoundingClientRect();
    const lowest = innerHeight * (innerWidth < NARROW ? 0.4 : 0.85); // a card covers the foot of a phone
    if (!box.height) return; // a line end alone is nowhere
    if (box.top < 100 || box.bottom > lowest) scrollBy({ top: box.top - innerHeight * 0.28, behavior: "instant" });
  }

  mark(spans) {
    this.#spans = spans;
    this.#paint();
  }

  #paintSoon() {
    if (this.#isWaiting || this.#spans.length <= FEW) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      this.#paint();
    });
  }

  #paint() {
    const starts = this.#starts();
    const ranges = Object.fromEntries(LOOKS.map((look) => [look, []]));
    for (const span of this.#near(starts)) ranges[span.look].push(this.#range(span.start, span.stop, starts));
    for (const look of LOOKS) {
      const highlight = CSS.highlights.get(look);
      highlight.clear();
      for (const range of ranges[look]) highlight.add(range);
    }
  }

  /** The spans in the window and not far from it. */
  #near(starts) {
    const spans = this.#spans;
    if (spans.length <= FEW) return spans;
    const top = (span) => this.#range(span.start, span.stop, starts).getBoundingClientRect().top;
    return spans.slice(countBelow(spans, -MARGIN, top), countBelow(spans, innerHeight + MARGIN, top));
  }

  /** The nodes and where each starts. */
  #starts() {
    const nodes = [...this.element.childNodes];
    const starts = [];
    let at = 0;
    for (const node of nodes) {
      starts.push(at);
      at += node.nodeName === "BR" ? 1 : node.length ?? 0;
    }
    return { nodes, starts };
  }

  #range(start, stop, known = this.#starts()) {
    const range = new Range();
    range.setStart(...this.#point(start, known));
    range.setEnd(...this.#point(stop, known));
    return range;
  }

  #point(offset, { nodes, starts }) {
    if (!nodes.length) return [this.element, 0];
    const at = Math.max(0, countBelow(starts, offset + 1) - 1);
    const node = nodes[at];
    if (node.nodeType === Node.TEXT_NODE) return [node, Math.min(offset - starts[at], node.length)];
    return [this.element, at + (offset > starts[at] ? 1 : 0)];
  }

  #offset(container, offset) {
    const { nodes, starts } = this.#starts();
    if (container === this.element) return starts[offset] ?? this.read().length;
    const at = nodes.indexOf(container);
    return at < 0 ? 0 : starts[at] + offset;
  }

  /** A browser shows an empty last line only where one more line end follows. */
  #guardEnd(text) {
    const isNeeded = !text || text.endsWith("\n");
    const length = this.element.textContent.length + this.element.querySelectorAll("br").length;
    if (isNeeded && length === text.length) this.element.append("\n");
    if (!isNeeded && length > text.length) this.#range(text.length, length).deleteContents();
  }

  /** Elements that something else than a keyboard has left here become plain lines. */
  #flatten() {
    const text = this.element.innerText;
    this.element.replaceChildren(text);
    this.#guardEnd(text);
  }
}
