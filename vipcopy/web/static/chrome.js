// What frames the letter: the theme, what is kept, messages that pass, the dock of a narrow window.

import { buildCard } from "./card.js";
import { keepTheme, loadTheme } from "./store.js";
import { tellCount } from "./words.js";

const byId = (id) => document.getElementById(id);
const TOAST_TIME = 8000; // milliseconds

/** Follow the system until somebody chooses. */
export function showTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const button = byId("theme");
  const show = () => {
    const theme = loadTheme() ?? (dark.matches ? "dark" : "light");
    document.documentElement.dataset.theme = theme;
    button.setAttribute("aria-pressed", String(theme === "dark"));
  };
  dark.addEventListener("change", show);
  button.addEventListener("click", () => {
    keepTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    show();
  });
  show();
}

export function showKept(isKept) {
  byId("kept").textContent = isKept ? "сохранено в браузере" : "браузер не даёт сохранить: сохраните файлом";
  byId("kept").classList.toggle("warning", !isKept);
}

/** What prevents a check; empty when nothing does. */
export function showTrouble(line) {
  const place = byId("trouble");
  if (place.textContent !== line) place.textContent = line;
  place.hidden = !line;
}

let closing = 0;

/** A line that goes away by itself, with a button where something can be taken back. */
export function toast(line, label = "", press = () => {}) {
  const place = byId("toast");
  place.replaceChildren(line);
  if (label) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => {
      hideToast();
      press();
    });
    place.append(button);
  }
  place.hidden = false;
  clearTimeout(closing);
  closing = setTimeout(hideToast, TOAST_TIME);
}

/** What a toast offers to take back is no longer the last thing done. */
export function hideToast() {
  byId("toast").hidden = true;
}

/** The foot of a narrow window: the total, one finding at a time. */
export class Dock {
  #act;

  constructor(act, step) {
    this.#act = act;
    byId("next").addEventListener("click", () => step(1, { withFocus: false }));
    byId("previous").addEventListener("click", () => step(-1, { withFocus: false }));
  }

  show(findings, active, titles) {
    const at = active ? findings.indexOf(active) : -1;
    const card = byId("dock-card");
    byId("dock-count").textContent = at < 0 ? tellCount(findings.length) : `${at + 1} из ${findings.length}`;
    byId("next").disabled = byId("previous").disabled = !findings.length;
    card.hidden = at < 0;
    card.replaceChildren(...(active ? [this.#close(), buildCard(active, titles, this.#act)] : []));
  }

  #close() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "icon close";
    button.textContent = "×";
    button.setAttribute("aria-label", "Закрыть");
    button.addEventListener("click", () => this.#act.choose(null));
    return button;
  }
}
