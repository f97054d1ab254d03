// Offsets: the server counts code points, the page counts UTF-16 units. «😊» is one there and two here.

const ASTRAL = /[\u{10000}-\u{10ffff}]/gu;

/** The way from code points of one text to its units and back. */
export class Offsets {
  #wide; // the code point number of each character that takes two units

  constructor(text) {
    this.#wide = [...text.matchAll(ASTRAL)].map((match, passed) => match.index - passed);
  }

  toUnits(point) {
    return point + countBelow(this.#wide, point);
  }

  toPoints(unit) {
    let point = unit;
    while (point > 0 && this.toUnits(point) > unit) point = Math.max(0, point - (this.toUnits(point) - unit));
    return point;
  }
}

/** How many numbers of a sorted list are smaller. */
export function countBelow(numbers, limit, key = (each) => each) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(numbers[middle]) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
