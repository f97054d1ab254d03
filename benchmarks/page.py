"""The page of `vipcopy serve` in Chromium: from the end of a pause to new marks, beside the check alone.

Also whether a long text freezes it. Seconds differ from machine to machine; the ratio is what to watch.
"""

from __future__ import annotations

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
MARKS = "performance.getEntriesByName('vipcopy: отметки').map(each => each.duration)"
FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def main() -> None:
    """Print the figures."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    source = "\n\n".join(texts) * (BOOK // sum(map(len, texts)) + 1)
    alone = time_check(source[:LETTER])
    with open_page() as page:
        marked = time_marks(page, source[:LETTER])
        print(f"a letter of {LETTER} characters: check alone {alone:.0f} ms, pause to marks {marked:.0f} ms")
        print(f"ratio {marked / alone:.2f}, {marked - alone:.0f} ms more than the check")
        paste = time_frame(page, lambda: page.evaluate(PASTE, source[:BOOK]))
        page.keyboard.press("Control+Home")
        waiting = time_frame(page, lambda: page.keyboard.type("а"))
        page.wait_for_selector(READY, timeout=PATIENCE)
        after = statistics.median(time_frame(page, lambda: page.keyboard.type("а")) for _ in range(5))
        print(f"{BOOK} characters: pasted and drawn in {paste:.0f} ms; a key takes {waiting:.0f} ms while they are")
        print(f"checked, {after:.0f} ms among {page.inner_text('#count')} (two frames, 33 ms, are the least)")


def time_check(text: str) -> float:
    """Milliseconds of a check, the median of several."""
    checker = vipcopy.load()
    seconds = []
    for at in range(KEYS):
        start = time.perf_counter()
        checker.check_text(f"{text}{'а' * at}")
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds) * 1000


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
