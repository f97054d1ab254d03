// The letter on the desk: its text, name and format; kept in the browser, opened from files, saved to them.

import { showKept, toast } from "./chrome.js";
import { save, sourceName } from "./files.js";
import { readFile, Trouble } from "./server.js";
import { keepLetter, loadLetter } from "./store.js";

const PAUSE = 250; // milliseconds before it is kept

const byId = (id) => document.getElementById(id);

export class Letter {
  #editor;
  #replaced;
  #timer = 0;
  #kept = loadLetter();

  /** `replaced()` is called when another letter, or another format, has come. */
  constructor(editor, replaced) {
    this.#editor = editor;
    this.#replaced = replaced;
    this.text = this.#kept.text;
  }

  get state() {
    return { text: this.#editor.text, name: this.#kept.name, format: this.#kept.format };
  }

  listen() {
    addEventListener("pagehide", () => this.keep());
    byId("new").addEventListener("click", () => this.startAnew());
    byId("open").addEventListener("click", () => byId("file").click());
    byId("file").addEventListener("change", (event) => {
      const [file] = event.target.files;
      if (file) this.open(file);
      event.target.value = "";
    });
    byId("formats").addEventListener("click", (event) => {
      const kind = event.target.closest("[data-save]")?.dataset.save;
      byId("formats").hidePopover?.();
      if (kind) this.save(kind);
    });
    byId("format").addEventListener("change", (event) => this.put({ ...this.state, format: event.target.value }));
  }

  show() {
    const ending = /\.\w+$/u.exec(sourceName(this.state))?.[0] ?? "";
    byId("name").textContent = this.#kept.name || "Новое письмо";
    byId("format").value = this.#kept.format;
    document.querySelector('[data-save="source"] small').textContent = ending;
  }

  keepSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keep(), PAUSE);
  }

  keep() {
    clearTimeout(this.#timer);
    showKept(keepLetter(this.state));
  }

  /** Another letter { text, name, format }. */
  put({ text, name, format }) {
    this.#kept = { text, name, format };
    this.#editor.replace(text);
    this.show();
    this.keep();
    this.#replaced();
  }

  startAnew() {
    const before = this.state;
    this.put({ text: "", name: "", format: "text" });
    this.#editor.focus();
    this.#offer("Новое письмо", before);
  }

  async open(file) {
    await tellTrouble(async () => {
      const { path, text, format, notes } = await readFile(file);
      const before = this.state;
      this.put({ text: text.replace(/\r\n?/gu, "\n"), name: path, format });
      scrollTo(0, 0);
      this.#offer([`Открыто: ${path}`, ...notes].join(". "), before);
    });
  }

  /** Save as "source", or as a file of another kind. */
  async save(kind) {
    await tellTrouble(() => save(this.state, kind));
  }

  #offer(line, before) {
    if (before.text) toast(line, "Вернуть прежний текст", () => this.put(before));
    else toast(line);
  }
}

async function tellTrouble(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    toast(error.message);
  }
}
