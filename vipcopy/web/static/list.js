// The list of findings: one open at a time, walked by arrows, filtered by guideline, shown in portions.

import { buildCard, buildHead } from "./card.js";
import { count, make, quote } from "./words.js";

const PORTION = 100;
const GAP = 8; // pixels around an open card

export class FindingList {
  #place = document.getElementById("list");
  #more = document.getElementById("more");
  #findings = [];
  #titles = new Map();
  #shown = PORTION;
  #active = null;
  #act;

  /** `act` gets `choose(finding)` and what a card asks for. */
  constructor(act) {
    this.#act = act;
    this.#more.addEventListener("click", () => {
      this.#shown += PORTION;
      this.#draw();
    });
    this.#place.addEventListener("keydown", (event) => this.#press(event));
  }

  show(findings, titles, active) {
    this.#findings = findings;
    this.#titles = titles;
    this.#shown = PORTION;
    this.open(active);
  }

  /** Open the card of a finding, or none. */
  open(active) {
    this.#active = active;
    const at = this.#findings.findIndex((each) => each.id === active?.id);
    this.#shown = Math.max(this.#shown, at + 1);
    this.#draw();
  }

  /** Bring the open card into sight of the list; the focus goes there when a keyboard is used. */
  reveal({ withFocus = false } = {}) {
    const item = this.#place.querySelector(".open");
    if (!item) return;
    if (withFocus) item.querySelector(".head").focus({ preventScroll: true });
    const [box, sight] = [item.getBoundingClientRect(), this.#place.getBoundingClientRect()];
    const above = box.top - sight.top - GAP;
    const below = Math.min(box.bottom, box.top + sight.height - GAP) - sight.bottom + GAP;
    if (above < 0 || below > 0) this.#place.scrollTop += above < 0 ? above : below;
  }

  #draw() {
    const hadFocus = this.#place.contains(document.activeElement);
    this.#place.replaceChildren(...this.#findings.slice(0, this.#shown).map((each) => this.#item(each)));
    this.#more.hidden = this.#findings.length <= this.#shown;
    if (hadFocus) this.reveal({ withFocus: true });
  }

  #item(finding) {
    const isOpen = finding.id === this.#active?.id;
    const head = buildHead(finding, isOpen);
    head.addEventListener("click", () => this.#act.choose(isOpen ? null : finding));
    const card = isOpen ? buildCard(finding, this.#titles, this.#act) : null;
    return make(`li.${finding.severity}${isOpen ? ".open" : ""}`, {}, head, card);
  }

  #press(event) {
    const heads = [...this.#place.querySelectorAll(".head")];
    const at = heads.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: heads.length - 1 };
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    const next = Math.min(Math.max(steps[event.key], 0), heads.length - 1);
    if (next !== at) this.#act.choose(this.#findings[next], { withFocus: true });
  }
}

/** What is waived, with the reasons. */
export function showWaived(findings, look) {
  const place = document.getElementById("waived");
  place.hidden = !findings.length;
  place.querySelector("summary").textContent = count(findings.length, "waived");
  place.querySelector("ul").replaceChildren(
    ...findings.map((each) =>
      make(
        "li",
        {},
        make("button.link", { type: "button", click: () => look(each) }, `«${quote(each.quote)}»`),
        each.reason ? ` — ${each.reason}` : "",
      ),
    ),
  );
}
