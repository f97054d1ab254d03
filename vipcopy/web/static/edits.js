// Changes of a text, as { start, stop, text }: the units from start to stop give way to the text.

const STRIDE = 2048; // units compared at a time

/** What has changed between two texts, as one edit. */
export function findEdit(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start + STRIDE < most && before.startsWith(after.slice(start, start + STRIDE), start)) start += STRIDE;
  while (start < most && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail + STRIDE < most - start && isSameTail(before, after, tail + STRIDE)) tail += STRIDE;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { start, stop: before.length - tail, text: after.slice(start, after.length - tail) };
}

function isSameTail(before, after, size) {
  const stop = before.length - size + STRIDE;
  return before.slice(stop - STRIDE, stop) === after.slice(after.length - size, after.length - size + STRIDE);
}

export function applyEdit(text, edit) {
  return text.slice(0, edit.start) + edit.text + text.slice(edit.stop);
}

/** The edit that takes another one back. */
export function invert(text, edit) {
  return { start: edit.start, stop: edit.start + edit.text.length, text: text.slice(edit.start, edit.stop) };
}

/** Spans where they stand after an edit; those that it has touched are gone. */
export function shiftSpans(spans, edit) {
  const growth = edit.text.length - (edit.stop - edit.start);
  const kept = [];
  for (const span of spans) {
    if (span.stop <= edit.start) kept.push(span);
    else if (span.start >= edit.stop) kept.push({ ...span, start: span.start + growth, stop: span.stop + growth });
  }
  return kept;
}

/** The marks that a piece of advice gives to put instead: «Поставьте точку: «.»» gives «.». Its words are examples. */
export function findSample(advice) {
  return /: «([^«»\p{L}\p{N}]+)»[.;]?$/u.exec(advice.trim())?.[1] ?? null;
}

/** A waiver for a rule, as a comment at the end of the line where the finding stands, or before a tag that goes on. */
export function writeWaiver(text, stop, rule, reason) {
  const end = text.indexOf("\n", stop - 1);
  const whole = end < 0 ? text.length : Math.max(end, stop);
  const open = text.slice(stop, whole).search(/\s*<[a-z/][^<>]*$/iu);
  const at = open < 0 ? whole : stop + open;
  const said = reason.replace(/--+>?/gu, "—").replace(/\s+/gu, " ").trim();
  return { start: at, stop: at, text: ` <!-- vipcopy: ignore ${rule}${said ? ` — ${said}` : ""} -->` };
}

/** Pasted text as a letter needs it: from Word and mail come soft hyphens, marks that cannot be seen, odd line ends. */
export function cleanPasted(text) {
  return text
    .replace(/\r\n?|\u2028|\u2029/gu, "\n")
    .replace(/[\u00ad\u200b\u2060\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu, "")
    .replace(/[\u2000-\u200a\u3000]/gu, " ")
    .replace(/[^\S\n]+(?=\n)/gu, "")
    .replace(/\n{3,}/gu, "\n\n");
}
