// When to check: after a pause, the newest text only; a pause is longer where checks are.

import { checkText, Trouble } from "./server.js";

const SHORTEST = 120; // milliseconds of silence before a check
const LONGEST = 1500;

export class Checking {
  #listener;
  #timer = 0;
  #flight = null;
  #last = 0; // milliseconds that the last check took

  /** The listener is told of `checked(report, text)` and `failed(trouble)`. */
  constructor(listener) {
    this.#listener = listener;
  }

  /** Check what `letter` returns once nothing has changed for a while. */
  soon(letter, pause = Math.min(Math.max(this.#last / 2, SHORTEST), LONGEST)) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#check(letter), pause);
  }

  async #check(letter) {
    this.#flight?.abort();
    const flight = new AbortController();
    this.#flight = flight;
    const { text, format, name } = letter();
    const began = performance.now();
    try {
      const report = await checkText(text, format, name, flight.signal);
      this.#last = performance.now() - began;
      if (flight === this.#flight) this.#listener.checked(report, text);
      requestAnimationFrame(() => performance.measure("vipcopy: отметки", { start: began })); // for benchmarks/page.py
    } catch (error) {
      if (error.name === "AbortError") return;
      if (!(error instanceof Trouble)) throw error;
      if (flight === this.#flight) this.#listener.failed(error);
      if (error.seconds) this.soon(letter, error.seconds * 1000);
    }
  }
}
