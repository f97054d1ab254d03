// The page: the letter on the left, its findings on the right.

import { Checking } from "./check.js";
import { findAt, findNotes, placeReport } from "./findings.js";
import { Dock, hideToast, showTheme, showTrouble, toast } from "./chrome.js";
import { shiftSpans, writeWaiver } from "./edits.js";
import { Editor } from "./editor.js";
import { Letter } from "./letter.js";
import { FindingList, showWaived } from "./list.js";
import { showScore, showThreshold } from "./score.js";
import { fetchRules, fetchSettings } from "./server.js";
import { count, tellCount } from "./words.js";

const byId = (id) => document.getElementById(id);

let rules = new Map();
let settings = null;
let report = null;
let titles = new Map();
let active = null;
let filter = 0;

const editor = new Editor(byId("editor"), { changed, moved, dropped: (file) => letter.open(file) });
const letter = new Letter(editor, startOver);
const checking = new Checking({ checked, failed });
const list = new FindingList({ choose, remove, replace, edit, waive });
const dock = new Dock({ choose, remove, replace, edit, waive }, step);

// The letter

function changed(change) {
  hideToast();
  if (report) {
    report.findings = shiftSpans(report.findings, change);
    report.waived = shiftSpans(report.waived, change);
    active = current(active);
  }
  mark();
  letter.keepSoon();
  check();
}

/** Have the letter checked; until then what is shown is of an older one. */
function check(pause) {
  document.body.classList.add("is-stale");
  checking.soon(() => letter.state, pause);
}

/** Another letter is on the desk. */
function startOver() {
  filter = 0;
  active = null;
  check(0);
}

// The report

function checked(found, text) {
  showTrouble("");
  if (text !== editor.text) return; // a newer check is on its way
  const before = report;
  report = placeReport(found, text, rules);
  titles = new Map(report.guidelines.map((row) => [row.number, row.title]));
  active = active && nearest(active);
  mark(); // the text first, and when it has been drawn what stands beside it
  afterDrawing(() => {
    if (text !== editor.text) return; // a key was faster
    document.body.classList.remove("is-stale");
    show();
    say(before);
  });
}

function afterDrawing(act) {
  requestAnimationFrame(() => setTimeout(act));
}

function failed(trouble) {
  showTrouble(trouble.message);
}

/** The same finding in a new report. */
function nearest(finding) {
  return report.findings.find((each) => each.rule === finding.rule && each.start === finding.start) ?? null;
}

/** The finding where it stands now, though a card still shows it as it was checked; null once its words have changed. */
function current(finding) {
  return report.findings.find((each) => each.id === finding?.id) ?? null;
}

function shown() {
  return report ? report.findings.filter((each) => !filter || each.guideline === filter) : [];
}

function show() {
  const findings = shown();
  if (active && !findings.includes(active)) active = null;
  showScore(report, filter, { choose: chooseGuideline, look });
  showThreshold(report, settings);
  byId("words").textContent = count(report.words, "word");
  byId("count").textContent = filter ? `${filter}. ${titles.get(filter)}` : tellCount(findings.length);
  byId("all").hidden = !filter;
  byId("empty").textContent = tellEmpty(findings.length);
  byId("empty").classList.toggle("clean", report.words > 0);
  list.show(findings, titles, active);
  showWaived(report.waived, look);
  dock.show(findings, active, titles);
  mark();
}

function tellEmpty(number) {
  if (number) return "";
  if (!report.words) return "Пишите слева или вставьте письмо: замечания появятся сами. Текст остаётся на этом компьютере.";
  if (filter) return "По этому принципу замечаний нет.";
  const isProven = report.passes && report.score >= report.max_score - 0.2;
  return isProven ? "Можно отправлять." : "Слова в порядке. Оценку поднимут доказательства: строки под принципами выше.";
}

/** What a listener hears after a check. */
function say(before) {
  const line = `${byId("dock-total").textContent}, ${tellCount(report.findings.length)}`;
  const isNew = !before || before.score !== report.score || before.findings.length !== report.findings.length;
  if (isNew) byId("said").textContent = line;
}

function mark() {
  const faults = shown().map(({ start, stop, severity }) => ({ start, stop, look: severity }));
  const notes = findNotes(editor.text);
  const chosen = active ? [{ start: active.start, stop: active.stop, look: "active" }] : [];
  editor.mark([...chosen, ...faults, ...notes].sort((left, right) => left.start - right.start));
}

// Findings one by one

/** Open a finding, or none; the text follows unless the caret has chosen. */
function choose(finding, { withFocus = false, isFromText = false } = {}) {
  active = current(finding);
  list.open(active);
  dock.show(shown(), active, titles);
  mark();
  if (!active) return;
  if (!isFromText) editor.reveal(active.start, active.stop);
  list.reveal({ withFocus });
}

function moved(caret) {
  const found = findAt(shown(), caret);
  if (found && found !== active) choose(found, { isFromText: true });
}

/** The finding after the open one, or after the caret; or the one before. */
function step(direction, { withFocus = true } = {}) {
  const findings = shown();
  if (!findings.length) return;
  const at = active ? findings.indexOf(active) + direction : nextTo(findings, direction);
  choose(findings[(at + findings.length) % findings.length], { withFocus });
}

function nextTo(findings, direction) {
  const caret = editor.selection()[1];
  const after = findings.findIndex((each) => each.stop >= caret);
  return direction > 0 ? Math.max(after, 0) : after - 1;
}

function chooseGuideline(number) {
  filter = number;
  show();
  const row = byId("bars").querySelector(`li:nth-child(${number || 1}) .row`);
  row?.focus({ preventScroll: true });
}

function look({ start, stop }) {
  editor.select(start, stop);
}

// What a card does

function remove(finding) {
  const found = current(finding);
  if (!found) return;
  const { before, after, text, written } = found.fix;
  const change = { start: found.start - before, stop: found.stop + after, text };
  if (editor.text.slice(change.start, change.stop) === written) correct(finding, "Слова убраны", () => change);
  else edit(finding); // what stands around them has been written anew
}

function replace(finding, sample) {
  correct(finding, `Поставлено «${sample}»`, ({ start, stop }) => ({ start, stop, text: sample }));
}

function waive(finding, reason) {
  correct(finding, "Замечание разрешено", ({ stop, rule }) => writeWaiver(editor.text, stop, rule, reason));
}

function correct(finding, line, write) {
  const found = current(finding);
  if (!found) return;
  const change = write(found);
  active = null;
  editor.apply(change);
  editor.reveal(change.start, change.start);
  dock.show(shown(), null, titles);
  list.open(null);
  toast(line, "Отменить", () => editor.undo());
}

function edit(finding) {
  const found = current(finding);
  if (found) editor.select(found.start, found.stop);
}

/** From the list to the words of the open finding. */
function goBack() {
  if (active) edit(active);
  else editor.focus();
}

// Keys and buttons

function press(event) {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (event.key === "F8") step(event.shiftKey ? -1 : 1);
  else if (isCommand && event.code === "KeyS") letter.save("source");
  else if (isCommand && event.code === "KeyO") byId("file").click();
  else if (event.key === "Escape" && byId("findings").contains(document.activeElement)) goBack();
  else return;
  event.preventDefault();
}

function listen() {
  addEventListener("keydown", press);
  letter.listen();
  byId("all").addEventListener("click", () => chooseGuideline(0));
}

/** The rules and settings, asked for until the server answers. */
async function loadRules() {
  try {
    [rules, settings] = await Promise.all([fetchRules(), fetchSettings()]);
  } catch (error) {
    showTrouble(error.message);
    await new Promise((resolve) => {
      setTimeout(resolve, 3000);
    });
    await loadRules();
  }
}

async function begin() {
  showTheme();
  listen();
  letter.show();
  if (letter.text) editor.replace(letter.text);
  await loadRules();
  check(0);
  document.body.classList.add("is-ready");
}

begin();
