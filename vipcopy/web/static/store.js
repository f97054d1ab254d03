// What survives a reload: the letter and the look of the page, in this browser and nowhere else.

const LETTER = "vipcopy.letter";
const THEME = "vipcopy.theme";

/** The letter { text, name, format } kept last, or an empty one. */
export function loadLetter() {
  try {
    const kept = JSON.parse(localStorage.getItem(LETTER) ?? "{}");
    return { text: kept.text ?? "", name: kept.name ?? "", format: kept.format ?? "text" };
  } catch {
    return { text: "", name: "", format: "text" };
  }
}

/** Keep the letter; false where the browser has no room or forbids it. */
export function keepLetter(letter) {
  try {
    localStorage.setItem(LETTER, JSON.stringify(letter));
    return true;
  } catch {
    return false;
  }
}

export function loadTheme() {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null;
  }
}

export function keepTheme(theme) {
  try {
    localStorage.setItem(THEME, theme);
  } catch {
    // the look of this visit alone
  }
}
