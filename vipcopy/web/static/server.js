// What the page asks of its own server, and of nobody else.

const NAME = /^[^;]*\.[\p{L}\d]+: /u; // «letter.docx: это не документ Office»

/** What went wrong, in a line to be shown. */
export class Trouble extends Error {
  constructor(message, { isGone = false, seconds = 0 } = {}) {
    super(message);
    this.isGone = isGone; // no answer at all: the server has been stopped
    this.seconds = seconds; // when to ask again
  }
}

export async function fetchRules() {
  const { rules } = await (await ask("/rules")).json();
  return new Map(rules.map((rule) => [rule.id, rule]));
}

/** What the settings ask of a letter: { fail_on, min_score }. */
export async function fetchSettings() {
  return (await ask("/settings")).json();
}

/** The report of a text, and whether it `passes` what the settings ask. */
export async function checkText(text, format, name, signal) {
  const answer = await ask("/check", { ...json({ text, format, name }), signal });
  return { ...(await answer.json()), passes: answer.headers.get("Vipcopy-Passes") === "yes" };
}

/** A file as text: { path, format, text }. */
export async function readFile(file) {
  const form = new FormData();
  form.append("file", file, file.name);
  return (await ask("/read", { method: "POST", body: form })).json();
}

/** The text as a file of another kind. */
export async function exportText(text, format, name, to) {
  return (await ask("/export", json({ text, format, name, to }))).blob();
}

function json(value) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) };
}

async function ask(address, options) {
  let answer;
  try {
    answer = await fetch(address, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Trouble("Сервер не отвечает. Текст цел; запустите vipcopy serve снова.", { isGone: true, seconds: 3 });
  }
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => ({}));
  const line = said.error ?? `ответ сервера: ${answer.status}`;
  const seconds = Number(answer.headers.get("Retry-After") ?? 0);
  throw new Trouble(`${NAME.test(line) ? line : line[0].toUpperCase() + line.slice(1)}.`, { seconds });
}
