// The total and the nine bars, each with what was proven; a bar is also a filter.

import { make, points, quote, total } from "./words.js";

const UNWANTED = { error: "без ошибок", warning: "без ошибок и предупреждений", info: "без замечаний", never: "" };

const byId = (id) => document.getElementById(id);

/** `chosen` is the guideline whose findings alone are shown, 0 for all. */
export function showScore(report, chosen, { choose, look }) {
  const value = report.score === null ? "н/д" : total(report.score, report.max_score);
  byId("total").textContent = value;
  byId("most").textContent = report.score === null ? "" : `из ${report.max_score}`;
  byId("dock-total").textContent = report.score === null ? value : `${value} из ${report.max_score}`;
  byId("verdict").textContent = tellWeakest(report);
  byId("bars").replaceChildren(...report.guidelines.map((row) => buildBar(row, row.number === chosen, choose, look)));
}

/** What the settings ask of the letter and whether it has that; nothing where they ask for nothing of their own. */
export function showThreshold(report, { fail_on: severity, min_score: least }) {
  const place = byId("threshold");
  place.hidden = severity === "error" && least === null;
  const wanted = [least === null ? "" : `от ${total(least, 9)} из 9`, UNWANTED[severity]].filter(Boolean);
  place.textContent = `Для отправки: ${wanted.join(", ") || "всё подходит"} — ${report.passes ? "готово" : "пока нет"}`;
  place.classList.toggle("passed", report.passes);
}

function tellWeakest(report) {
  const judged = report.guidelines.filter((row) => row.max);
  const weakest = judged.reduce((least, row) => (least && least.points <= row.points ? least : row), null);
  if (!weakest) return "Слов пока мало для оценки";
  if (weakest.points === weakest.max) return "Ничего не потеряно";
  return `Слабее всего — «${weakest.title}», ${points(weakest.points)}`;
}

function buildBar(row, isChosen, choose, look) {
  const share = row.max ? Math.round((row.points / row.max) * 100) : 0;
  const look_ = row.max ? (share >= 80 ? "good" : share >= 50 ? "fair" : "poor") : "none";
  const fill = make("i.fill");
  fill.style.inlineSize = `${share}%`;
  const value = row.max ? points(row.points) : "н/д";
  const bar = make(
    `button.row.${look_}`,
    { type: "button", "aria-pressed": String(isChosen), click: () => choose(isChosen ? 0 : row.number) },
    make("span.number", { "aria-hidden": "true" }, String(row.number)),
    make("span.title", {}, row.title),
    make("span.track", { "aria-hidden": "true" }, fill),
    make("span.points", {}, value),
  );
  return make("li", {}, bar, ...buildProofs(row, look));
}

/** What proves the guideline, and what of a proof is missing. */
function buildProofs(row, look) {
  const proofs = row.evidence.map((proof) =>
    make("button.proof", { type: "button", title: proof.message, click: () => look(proof) }, quote(proof.quote, 28)),
  );
  const losses = row.lost.filter((loss) => loss.rule === "missing-proof");
  const missing = losses.map((loss) => (proofs.length ? `доказано не всё: −${points(loss.points)}` : loss.reason));
  if (!proofs.length && !missing.length) return [];
  const label = proofs.length ? make("span", {}, "доказано: ") : null;
  return [make("p.proofs", {}, label, ...proofs, missing.length ? make("span.missing", {}, missing.join("; ")) : null)];
}
