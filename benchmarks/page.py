"""The page of `vipcopy serve` in Chromium: from the end of a pause to new marks, beside a letter's own check.

Also whether a long text freezes it. Seconds differ from machine to machine; the ratios are what to watch.
"""

from __future__ import annotations

import re
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright
from server import EXAMPLES, open_server

import vipcopy

LETTER, BOOK = 5_000, 200_000  # characters
KEYS = 15
READY = "body.is-ready:not(.is-stale)"
PATIENCE = 120_000  # milliseconds

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  document.getElementById("text").dispatchEvent(new ClipboardEvent("paste", options));
}"""
WATCH = """() => {
  window.longest = 0;
  const note = list => { for (const task of list.getEntries()) longest = Math.max(longest, task.duration); };
  new PerformanceObserver(note).observe({ type: "longtask" });
}"""
SENTENCE_END = re.compile(r"(?<=\w)(?=[.!?])")
MARKS = "performance.getEntriesByName('vipcopy: отметки').map(each => each.duration)"
FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def main() -> None:
    """Print the figures."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    source = "\n\n".join(texts) * (BOOK // sum(map(len, texts)) + 1)
    letter = source[:LETTER]
    whole, again = time_checks(letter)
    with open_page() as page:
        marked = time_marks(page, letter)
        print(f"a letter of {LETTER} characters: a new one {whole:.0f} ms, after a keystroke {again:.0f} ms")
        print(f"from the end of a pause to marks {marked:.0f} ms")
        print(f"of the check of a new letter: a keystroke's check {again / whole:.2f}, marks {marked / whole:.2f}")
        page.evaluate(WATCH)
        paste = time_frame(page, lambda: page.evaluate(PASTE, source[:BOOK]))
        page.keyboard.press("Control+Home")
        waiting = time_frame(page, lambda: page.keyboard.type("а"))
        page.wait_for_selector(READY, timeout=PATIENCE)
        after = statistics.median(time_frame(page, lambda: page.keyboard.type("а")) for _ in range(5))
        print(f"{BOOK} characters: pasted and drawn in {paste:.0f} ms; a key takes {waiting:.0f} ms while they are")
        print(f"checked, {after:.0f} ms among {page.inner_text('#count')} (two frames, 33 ms, are the least)")
        print(f"the longest time in which the page did nothing else: {page.evaluate('window.longest'):.0f} ms")


def time_checks(letter: str) -> tuple[float, float]:
    """Milliseconds of a letter with sentences never seen and of one after a keystroke, the medians of several."""
    checker = vipcopy.load()
    checker.check_text(letter)

    def measure(text: str) -> float:
        start = time.perf_counter()
        checker.check_text(text)
        return (time.perf_counter() - start) * 1000

    middle = letter.index(" ", LETTER // 2)
    keys = [measure(f"{letter[:middle]} {'а' * at}{letter[middle:]}") for at in range(1, KEYS + 1)]
    new = [measure(SENTENCE_END.sub(f" {at}", letter)) for at in range(KEYS)]
    return statistics.median(new), statistics.median(keys)


def time_marks(page: Page, text: str) -> float:
    """Milliseconds from the end of a pause to new marks, the median of several."""
    page.click("#text")
    page.evaluate(PASTE, text)
    page.wait_for_selector(READY, timeout=PATIENCE)
    for _ in range(KEYS):
        page.keyboard.type("а")
        page.wait_for_selector(READY, timeout=PATIENCE)
    page.evaluate(FRAME)
    return statistics.median(page.evaluate(MARKS)[-KEYS:])


def time_frame(page: Page, act: Callable[[], object]) -> float:
    """Milliseconds from an act until it has been drawn."""
    start = time.perf_counter()
    act()
    page.evaluate(FRAME)
    return (time.perf_counter() - start) * 1000


@contextmanager
def open_page() -> Iterator[Page]:
    """The page of a server that is running."""
    with open_server() as server, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(server.address)
        page.wait_for_selector(READY, timeout=PATIENCE)
        yield page
        browser.close()


if __name__ == "__main__":
    main()
