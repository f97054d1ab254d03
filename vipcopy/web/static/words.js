// Russian words on the page: numbers with their nouns, points, names of severities.

const FEW_FORMS = new Intl.PluralRules("ru");
const POINTS = new Intl.NumberFormat("ru", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const TENTHS = new Intl.NumberFormat("ru", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const WHOLE = new Intl.NumberFormat("ru");

const NOUNS = {
  finding: { one: "замечание", few: "замечания", many: "замечаний" },
  word: { one: "слово", few: "слова", many: "слов" },
  waived: { one: "замечание разрешено", few: "замечания разрешены", many: "замечаний разрешено" },
};

export const SEVERITIES = { error: "ошибка", warning: "предупреждение", info: "подсказка" };

export function count(number, noun) {
  const forms = NOUNS[noun];
  return `${WHOLE.format(number)} ${forms[FEW_FORMS.select(number)] ?? forms.many}`;
}

export function tellCount(findings) {
  return findings ? count(findings, "finding") : "Замечаний нет";
}

export function points(value) {
  return POINTS.format(value);
}

/** The total with one decimal; what is short of the most never looks like it. */
export function total(value, most) {
  const tenths = Math.floor(Math.round(value * 100 + 5) / 10) / 10;
  return TENTHS.format(value < most ? Math.min(tenths, Math.floor(most * 10 - 0.5) / 10) : most);
}

/** A quotation on one line, without its middle when it is long. */
export function quote(text, most = 60) {
  const line = text.replace(/\s+/gu, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most / 2).trimEnd()} … ${line.slice(-most / 3).trimStart()}`;
}

/** A new element: its name with classes, «p.why», its attributes, what is in it. */
export function make(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  element.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}
