// A report as the page needs it: findings in units of the text, with the reason of their rule and what they cost.

import { Offsets } from "./offsets.js";

const UNKNOWN = { why: "", suggest: [] };

/** The report with `findings` and `waived` placed in the text. */
export function placeReport(report, text, rules) {
  const offsets = new Offsets(text);
  const lost = new Map();
  for (const row of report.guidelines) {
    for (const loss of row.lost) lost.set(`${loss.rule} ${loss.start}`, loss.points);
  }
  const place = (finding) => {
    const rule = rules.get(finding.rule) ?? UNKNOWN;
    const start = offsets.toUnits(finding.start);
    const stop = offsets.toUnits(finding.stop);
    return {
      ...finding,
      id: `${finding.rule} ${finding.start}`,
      start,
      stop,
      why: rule.why,
      lost: lost.get(`${finding.rule} ${finding.start}`) ?? 0,
      fix: finding.fix && placeFix(finding.fix, start, stop),
    };
  };
  const placeFix = (fix, start, stop) => {
    const [first, last] = [offsets.toUnits(fix.start), offsets.toUnits(fix.stop)];
    return { before: start - first, after: last - stop, text: fix.text, written: text.slice(first, last) };
  };
  const spot = (proof) => ({ ...proof, start: offsets.toUnits(proof.start), stop: offsets.toUnits(proof.stop) });
  const guidelines = report.guidelines.map((row) => ({ ...row, evidence: row.evidence.map(spot) }));
  return { ...report, guidelines, findings: report.findings.map(place), waived: report.waived.map(place) };
}

/** The comments in the text that waive findings: shown quietly. */
export function findNotes(text) {
  const notes = text.matchAll(/<!--\s*vipcopy:.{0,500}?-->/gsu);
  return [...notes].map((match) => ({ start: match.index, stop: match.index + match[0].length, look: "note" }));
}

/** The finding whose words hold the caret, the narrowest of several. */
export function findAt(findings, caret) {
  const held = findings.filter((each) => each.start <= caret && caret <= each.stop);
  return held.sort((left, right) => left.stop - left.start - (right.stop - right.start))[0];
}
