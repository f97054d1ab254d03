// The card of a finding: what is wrong, why, what to write instead, and what to do about it.

import { findSample } from "./edits.js";
import { make, points, quote, SEVERITIES } from "./words.js";

/** The body of a card; `act` gets { remove, replace, edit, waive }. */
export function buildCard(finding, titles, act) {
  const cost = finding.lost ? ` · −${points(finding.lost)}` : "";
  const title = titles.get(finding.guideline);
  const source = title ? `${finding.guideline}. ${title}${cost}` : "";
  return make(
    "div.card",
    {},
    make("p.message", {}, finding.message),
    finding.why ? make("p.why", {}, finding.why) : null,
    ...finding.suggestions.map((advice) => make("p.advice", {}, make("span", {}, "Лучше: "), advice)),
    buildActions(finding, act),
    make("p.rule", {}, source, make("code", {}, finding.rule)),
  );
}

function buildActions(finding, act) {
  const samples = finding.suggestions.map(findSample).filter((sample) => sample !== null);
  const button = (label, press, look = "button") => make(look, { type: "button", click: press }, label);
  return make(
    "div.actions",
    {},
    finding.fix ? button("Убрать слова", () => act.remove(finding), "button.main") : null,
    ...samples.map((sample) => button(`Поставить «${quote(sample, 36)}»`, () => act.replace(finding, sample))),
    button("Исправить", () => act.edit(finding)),
    finding.guideline ? buildWaiver(finding, act) : null,
  );
}

/** A button that asks for a reason. */
function buildWaiver(finding, act) {
  const reason = make("input", { type: "text", maxlength: "200", "aria-label": "Причина" });
  reason.placeholder = "Причина: согласовано с юристом";
  const form = make("form.reason", {}, reason, make("button", { type: "submit" }, "Разрешить"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act.waive(finding, reason.value);
  });
  const opener = make("button", { type: "button", "aria-expanded": "false" }, "Разрешить…");
  opener.addEventListener("click", () => {
    opener.replaceWith(form);
    reason.focus();
  });
  return opener;
}

/** The line by which a finding is known in the list. */
export function buildHead(finding, isOpen) {
  const severity = SEVERITIES[finding.severity];
  return make(
    "button.head",
    { type: "button", "aria-expanded": String(isOpen) },
    make(`span.dot.${finding.severity}`, { "aria-hidden": "true" }),
    make("span.unseen", {}, `${severity}: `),
    make("span.quote", {}, quote(finding.quote) || severity),
    finding.lost ? make("span.lost", {}, `−${points(finding.lost)}`) : null,
  );
}
