// Files: read by the server, which knows Word and mail; saved as downloads.

import { exportText } from "./server.js";

const ENDINGS = { text: ".txt", markdown: ".md", html: ".html" };
const TYPES = { text: "text/plain", markdown: "text/markdown", html: "text/html" };

/** Save the letter { text, name, format } as it is, or as "docx", "eml" or "report". */
export async function save(letter, kind) {
  if (kind === "source") {
    download(new Blob([letter.text], { type: `${TYPES[letter.format]};charset=utf-8` }), sourceName(letter));
    return;
  }
  const ending = kind === "report" ? "-отчёт.html" : `.${kind}`;
  const name = sourceName(letter);
  download(await exportText(letter.text, letter.format, name, kind), `${stem(name)}${ending}`);
}

/** The name under which the letter is saved as it is; one opened from Word becomes plain text. */
export function sourceName(letter) {
  const name = letter.name || "письмо";
  const isSame = /\.(txt|text|md|markdown|html?)$/iu.test(name);
  return isSame ? name : `${stem(name)}${ENDINGS[letter.format]}`;
}

function stem(name) {
  return name.replace(/\.[^.]+$/u, "");
}

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
