"""The looks of the HTML report, and the keys that move through it. Without the script all links still work."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink:#1d1d1f; --soft:#63636b; --paper:#fff; --card:#f6f5f2; --line:#e2e0da;
  --error:#b3261e; --error-bg:#fbe4e1; --warning:#8a5a00; --warning-bg:#fdf0cf; --info:#1f5fa8; --info-bg:#e1edfa;
  --good:#3b7d4f; --fair:#c08a1e; --poor:#b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink:#ececf0; --soft:#a3a3ad; --paper:#17171a; --card:#212126;
  --line:#34343b; --error:#ff9d94; --error-bg:#4c1f1c; --warning:#f3c969; --warning-bg:#43340f; --info:#9cc8ff;
  --info-bg:#1a3554; --good:#6fbf86; --fair:#dcae4b; --poor:#f0837a; } }
* { box-sizing: border-box; }
body { margin:0 auto; max-width:76rem; padding:2rem 1.5rem; background:var(--paper); color:var(--ink);
  font:1rem/1.55 "Segoe UI", "Helvetica Neue", Roboto, "PT Sans", "DejaVu Sans", sans-serif; }
h1, h2 { font-weight:600; line-height:1.25; margin:0; overflow-wrap:anywhere; }
[id^=m] { scroll-margin:35vh; }
h1 { font-size:1.5rem; } h2 { font-size:1.3rem; }
a { color:inherit; }
article + article, nav + article { border-top:1px solid var(--line); margin-top:3rem; padding-top:2rem; }
header { display:grid; grid-template-columns:1fr auto; gap:.25rem 2rem; align-items:baseline; }
.score { margin:0; color:var(--soft); white-space:nowrap; } .score b { font-size:2.4rem; color:var(--ink); }
.facts { grid-column:1/-1; margin:0; padding:0; list-style:none; color:var(--soft); }
.facts li { display:inline; } .facts li + li::before { content:" · "; }
.changes { grid-column:1/-1; margin:.5rem 0 0; overflow-wrap:anywhere; }
ul.changes { margin:.15rem 0 0; padding-left:1.25rem; }
p.error { grid-column:1/-1; color:var(--error); margin:.5rem 0 0; }
.bars { display:grid; grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr)); gap:.35rem 2rem;
  margin:1.25rem 0 1.75rem; }
.bar { display:grid; grid-template-columns:12.5rem 1fr 2.4rem; gap:.6rem; align-items:center; font-size:.9rem; }
.bar i { height:.5rem; border-radius:.25rem; background:var(--line); overflow:hidden; }
.bar s { display:block; height:100%; border-radius:.25rem; text-decoration:none; }
.bar span { white-space:nowrap; } .bar b { font-weight:500; text-align:right; font-variant-numeric:tabular-nums; }
.good s { background:var(--good); } .fair s { background:var(--fair); } .poor s { background:var(--poor); }
.none { color:var(--soft); }
.columns { display:grid; grid-template-columns:minmax(0,1fr) minmax(0,24rem); gap:2rem; align-items:start; }
.text { background:var(--card); border-radius:.75rem; padding:1.25rem 1.5rem; }
.text p { margin:0; white-space:pre-wrap; overflow-wrap:anywhere; max-width:42rem; font-family:"PT Serif", Georgia,
  "DejaVu Serif", serif; font-size:1.08rem; line-height:1.7; }
mark { color:inherit; border-radius:.2rem; padding:.05em .1em; cursor:pointer;
  -webkit-box-decoration-break:clone; box-decoration-break:clone; }
sup { font:600 .6em/0 "Segoe UI", Roboto, "DejaVu Sans", sans-serif; margin-left:.15em; color:var(--soft); }
mark.error { background:var(--error-bg); text-decoration:underline wavy var(--error) 1.5px;
  text-underline-offset:.25em; }
mark.warning { background:var(--warning-bg); text-decoration:underline var(--warning) 2px;
  text-underline-offset:.25em; }
mark.info { background:var(--info-bg); text-decoration:underline dotted var(--info) 2px;
  text-underline-offset:.25em; }
.list { position:sticky; top:1rem; max-height:calc(100vh - 2rem); overflow:auto; }
.list ol { margin:0; padding:0; list-style:none; counter-reset:finding; }
.list li { counter-increment:finding; border:1px solid var(--line); border-left:4px solid var(--line);
  border-radius:.5rem; padding:.6rem .8rem; margin-bottom:.6rem; scroll-margin:1rem; }
.list li.error { border-left-color:var(--error); } .list li.warning { border-left-color:var(--warning); }
.list li.info { border-left-color:var(--info); }
.list a { text-decoration:none; font-weight:600; overflow-wrap:anywhere; }
.list a::before { content:counter(finding) ". "; color:var(--soft); font-weight:400; }
.list p { margin:.25rem 0 0; font-size:.92rem; } .why, .rule, .lost { color:var(--soft); }
.list .rule { font-size:.8rem; } .lost { float:right; margin-left:.75rem;
  font-size:.85rem; font-variant-numeric:tabular-nums; }
.kind { font-size:.72rem; font-weight:600; letter-spacing:.02em; border-radius:.25rem; padding:.1rem .4rem;
  margin-right:.45rem; vertical-align:.1em; }
.kind.error { color:var(--error); background:var(--error-bg); }
.kind.warning { color:var(--warning); background:var(--warning-bg); }
.kind.info { color:var(--info); background:var(--info-bg); }
.on { outline:2px solid var(--info); outline-offset:1px; } mark.on { outline-offset:2px; }
a:focus-visible, mark:focus-visible { outline:2px solid var(--info); outline-offset:2px; }
.index table { width:100%; border-collapse:collapse; margin-top:1rem; }
.index th, .index td { text-align:left; padding:.4rem .75rem .4rem 0; border-bottom:1px solid var(--line);
  vertical-align:top; }
.index td:first-child { overflow-wrap:anywhere; min-width:6rem; } .index td:nth-child(2) { white-space:nowrap; }
.index th { color:var(--soft); font-weight:500; font-size:.85rem; }
.clean { color:var(--good); margin:0; } footer { margin-top:3rem; color:var(--soft); font-size:.85rem; }
@media (max-width: 56rem) { .columns { grid-template-columns:minmax(0,1fr); }
  .list { position:static; max-height:none; } body { padding:1.25rem 1rem; } }
@media (max-width: 40rem) { .index :is(th, td):nth-child(4) { display:none; } }
@media print { :root { color-scheme:light; --ink:#000; --soft:#444; --paper:#fff; --card:#fff; --line:#bbb; }
  body { max-width:none; padding:0; font-size:10pt; } .columns { display:block; } .text { padding:0; }
  .list { position:static; max-height:none; margin-top:1rem; } .list li, .bar { break-inside:avoid; }
  article + article, nav + article { break-before:page; border:0; margin:0; padding:0; } footer { display:none; }
  .bar s, mark { -webkit-print-color-adjust:exact; print-color-adjust:exact; } }
"""

SCRIPT = """
(() => {
  const byId = id => document.getElementById(id);
  const items = [...document.querySelectorAll('.list li')];
  const show = (item, moves) => {
    document.querySelectorAll('.on').forEach(each => each.classList.remove('on'));
    if (!item) return;
    item.classList.add('on');
    const marks = document.querySelectorAll('mark[data-for~="' + item.id + '"]');
    marks.forEach(mark => mark.classList.add('on'));
    if (moves) (marks[0] || item).scrollIntoView({ block: 'center' });
  };
  const go = (item) => {
    show(item, true);
    item.querySelector('a').focus({ preventScroll: true });
    item.scrollIntoView({ block: 'nearest' });
  };
  items.forEach(item => {
    item.addEventListener('mouseenter', () => show(item, false));
    item.querySelector('a').addEventListener('focus', () => show(item, false));
    item.querySelector('a').addEventListener('click', event => { event.preventDefault(); go(item); });
  });
  document.querySelectorAll('mark').forEach(mark => {
    const item = byId(mark.dataset.for.split(' ')[0]);
    mark.addEventListener('mouseenter', () => show(item, false));
    mark.addEventListener('click', () => go(item));
  });
  document.addEventListener('keydown', event => {
    const step = { j: 1, k: -1, о: 1, л: -1 }[event.key];
    if (!step || !items.length || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = items.findIndex(item => item.classList.contains('on'));
    go(items[at < 0 ? (step > 0 ? 0 : items.length - 1) : (at + step + items.length) % items.length]);
  });
})();
"""
