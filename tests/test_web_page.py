"""The page of `vipcopy serve` in a real Chromium. Debian: apt install chromium."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import TINY, Server, run_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright_api = pytest.importorskip("playwright.sync_api", reason="нужен playwright")
pytest.importorskip("uvicorn", reason="нужен vipcopy[web]")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="нет Chromium; на Debian: apt install chromium")

LETTER = "😊 Ёлка готова. Поторопитесь, скидка ждёт: 😊 скидки.\n\nЧасы ручной работы."
FIRST_LINE = LETTER.partition("\n")[0]
MARKS = ["error: Поторопитесь", "error: скидка", "error: скидки"]
# The words under each highlight, and what stands before them, in the order of the text.
READ_MARKS = """() => {
  const found = [];
  for (const [look, ranges] of CSS.highlights) for (const range of ranges) {
    const before = new Range();
    before.setStart(document.getElementById("text"), 0);
    before.setEnd(range.startContainer, range.startOffset);
    found.push([before.toString().length, `${look}: ${range}`]);
  }
  return found.sort((left, right) => left[0] - right[0]).map(each => each[1]);
}"""
PASTE = """([type, text]) => {
  const data = new DataTransfer();
  data.setData(type, text);
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  document.getElementById("text").dispatchEvent(new ClipboardEvent("paste", options));
}"""
NO_HIGHLIGHTS = "delete CSS.highlights"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with run_server() as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with playwright_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield running
        running.close()


Open = Callable[..., "Page"]


@pytest.fixture
def opened(server: Server, browser: Browser) -> Iterator[Open]:
    """Open the page; at the end nothing has gone wrong in it, and it has asked nobody else."""
    faults: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="ru-RU", accept_downloads=True)

    def start(*, script: str = "", narrow: bool = False, may_fail: bool = False) -> Page:
        page = context.new_page()
        if narrow:
            page.set_viewport_size({"width": 390, "height": 800})
        page.add_init_script(script)
        if not may_fail:  # Chromium itself notes each refusal of the server
            page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.append(request.url) if is_foreign(request.url, server) else None)
        page.goto(server.address)
        page.wait_for_selector("body.is-ready")
        return page

    yield start
    context.close()
    assert faults == []


def is_foreign(address: str, server: Server) -> bool:
    return not address.startswith((server.address, "blob:"))


def text_of(page: Page) -> str:
    """The letter as the browser keeps it for the next visit."""
    return page.evaluate("""() => {
      dispatchEvent(new Event("pagehide"));
      return JSON.parse(localStorage.getItem("vipcopy.letter")).text;
    }""")


def write(page: Page, text: str) -> None:
    """Type a letter, and wait for its report."""
    page.click("#text")
    paste(page, text)
    settle(page)


def paste(page: Page, text: str) -> None:
    page.evaluate(PASTE, ["text/plain", text])


def settle(page: Page) -> None:
    """Wait until the report is that of the text as it stands."""
    page.wait_for_selector("body.is-ready:not(.is-stale)", timeout=60_000)


def total_of(page: Page) -> float:
    return float(page.inner_text("#total").replace(",", "."))


# Marks


def test_typing_shows_marks_on_the_right_characters(opened: Open) -> None:
    page = opened()
    page.click("#text")
    page.keyboard.type(FIRST_LINE, delay=1)
    settle(page)
    assert page.evaluate(READ_MARKS) == MARKS


def test_marks_follow_what_is_typed_before_them(opened: Open) -> None:
    page = opened()
    write(page, LETTER)
    page.keyboard.press("Control+Home")
    page.keyboard.type("Ё😊 ё\n\n")
    assert page.evaluate(READ_MARKS) == MARKS  # at once, without a check
    settle(page)
    assert page.evaluate(READ_MARKS) == MARKS
    assert text_of(page) == "Ё😊 ё\n\n" + LETTER


def test_without_highlights_a_mirror_shows_the_same_marks(opened: Open) -> None:
    page = opened(script=NO_HIGHLIGHTS)
    page.click("textarea")
    page.keyboard.insert_text(LETTER)
    settle(page)
    assert page.eval_on_selector_all(".mirror mark", "marks => marks.map(mark => mark.textContent)") == [
        mark.removeprefix("error: ") for mark in MARKS
    ]
    assert page.input_value("textarea") == LETTER


def test_a_long_text_is_marked_where_it_is_seen(opened: Open) -> None:
    page = opened()
    paste(page, "Скидка ждёт Вас. " * 3_000)
    page.wait_for_selector("#list li:nth-child(100)", timeout=60_000)
    assert 10 < len(page.evaluate(READ_MARKS)) < 1000
    page.keyboard.type("Да.")
    assert len(text_of(page)) == 3_000 * 17 + 3


def test_an_answer_to_an_older_text_marks_nothing(opened: Open) -> None:
    page = opened()
    write(page, "Скидка.")
    page.keyboard.type(" Часы")
    page.keyboard.press("Control+A")
    page.keyboard.type("Часы готовы.")
    settle(page)
    page.wait_for_selector("#count >> text=Замечаний нет")
    assert page.evaluate(READ_MARKS) == []


# Cards


def test_applying_a_suggestion_changes_the_text_and_the_score(opened: Open) -> None:
    page = opened()
    write(page, LETTER)
    before = total_of(page)
    page.click("#list li:first-child .head")
    page.click("text=Убрать слова")
    settle(page)
    assert text_of(page) == LETTER.replace("Поторопитесь, скидка", "Скидка")
    assert total_of(page) > before
    page.keyboard.press("Control+z")
    assert text_of(page) == LETTER


def test_a_card_acts_on_its_words_where_they_stand_now(opened: Open) -> None:
    page = opened(may_fail=True)
    write(page, LETTER)
    page.click("#list li:nth-child(2) .head")
    page.route("**/check", lambda route: route.abort())
    page.focus("#text")
    page.keyboard.press("Control+Home")
    page.keyboard.type("Ещё 😊 одно. ")
    page.wait_for_selector("#trouble >> text=Сервер не отвечает")
    page.click("#list .open >> text=Исправить")  # in the card of the text as it was
    assert page.evaluate("getSelection().toString()") == "скидка"
    page.unroute("**/check")
    settle(page)
    assert page.is_hidden("#trouble")


def test_words_that_a_person_has_to_mend_have_no_button(opened: Open) -> None:
    page = opened()
    write(page, "Просим: поторопитесь к нам.")
    page.click("#list li:first-child .head")
    assert page.locator("text=Исправить").count() > 0
    assert page.locator("text=Убрать слова").count() == 0


def test_a_waiver_is_a_comment_with_its_reason(opened: Open) -> None:
    page = opened()
    write(page, "Скидка ждёт.\nЧасы готовы.")
    before = total_of(page)
    page.click("#list li:first-child .head")
    page.click("text=Разрешить…")
    page.keyboard.type("согласовано -->")
    page.keyboard.press("Enter")
    settle(page)
    assert text_of(page) == "Скидка ждёт. <!-- vipcopy: ignore discount/word — согласовано — -->\nЧасы готовы."
    assert total_of(page) > before
    assert page.inner_text("#waived summary") == "1 замечание разрешено"


def test_a_waiver_breaks_no_tag_that_goes_on_in_the_next_line(opened: Open) -> None:
    page = opened()
    write(page, 'Скидка при < 5 <a\nhref="x">здесь</a>.')
    page.click("#list li:first-child .head")
    page.click("text=Разрешить…")
    page.keyboard.press("Enter")
    settle(page)
    assert text_of(page) == 'Скидка при < 5 <!-- vipcopy: ignore discount/word --> <a\nhref="x">здесь</a>.'


def test_one_guideline_can_be_shown_alone(opened: Open) -> None:
    page = opened()
    write(page, LETTER)
    page.click("text=Без запугивания")
    assert page.evaluate(READ_MARKS) == ["error: Поторопитесь"]
    assert page.inner_text("#count") == "6. Без запугивания"
    page.click("text=Показать все")
    assert page.evaluate(READ_MARKS) == MARKS


def test_the_bars_name_what_was_proven(opened: Open) -> None:
    page = opened()
    write(page, LETTER)
    page.click("text=ручной работы >> nth=-1")
    assert page.evaluate("getSelection().toString()") == "ручной работы"


def test_settings_say_when_a_letter_may_go(browser: Browser, tmp_path: Path) -> None:
    settings = f"packs: {TINY}\nmin-score: 7.5\nfail-on: warning\n"
    (tmp_path / ".vipcopy.yml").write_text(settings, encoding="utf-8")
    with run_server(folder=tmp_path) as server:
        page = browser.new_page()
        page.goto(server.address)
        write(page, "Поторопитесь, скидка ждёт.")
        refused = page.inner_text("#threshold")
        page.evaluate("document.getElementById('new').click()")
        write(page, "Часы ручной работы ждут Вас.")
        passed = page.inner_text("#threshold")
        page.close()
    wanted = "Для отправки: от 7,5 из 9, без ошибок и предупреждений"
    assert (refused, passed) == (f"{wanted} — пока нет", f"{wanted} — готово")


def test_a_keyboard_is_enough(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    while page.evaluate("document.activeElement.id") != "text":
        page.keyboard.press("Tab")
    page.keyboard.insert_text(FIRST_LINE)
    settle(page)
    page.keyboard.press("F8")
    page.keyboard.press("ArrowDown")
    assert page.inner_text(".list .open .quote") == "скидка"
    page.keyboard.press("Shift+F8")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    settle(page)
    page.keyboard.press("F8")
    page.keyboard.press("Escape")
    page.keyboard.type("Цена")
    assert text_of(page) == "😊 Ёлка готова. Цена ждёт: 😊 скидки."


def test_every_control_has_a_name(opened: Open) -> None:
    page = opened()
    write(page, LETTER)
    page.click("#list li:first-child .head")
    nameless = """() => [...document.querySelectorAll("button, select, input, [role=textbox], [role=region]")]
      .filter(each => !(each.textContent.trim() || each.getAttribute("aria-label") || each.labels?.length))
      .map(each => each.outerHTML)"""
    assert page.evaluate(nameless) == []


def test_a_phone_shows_the_card_below(opened: Open) -> None:
    page = opened(narrow=True)
    write(page, LETTER)
    page.click("#next")
    assert page.is_visible("#dock-card >> text=торопит")
    assert page.inner_text("#dock-count") == "1 из 3"
    page.click("#dock-card >> text=Убрать слова")
    page.wait_for_selector("#toast:visible")
    assert page.locator("#toast").bounding_box()["y"] < 300  # over the text, not over the buttons below
    assert text_of(page).startswith("😊 Ёлка готова. Скидка")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


# The letter


def test_a_reload_keeps_the_letter(opened: Open) -> None:
    page = opened()
    write(page, LETTER)
    page.reload()
    page.wait_for_selector("#list li")
    assert (text_of(page), page.evaluate(READ_MARKS)) == (LETTER, MARKS)


def test_what_is_pasted_from_word_and_mail_is_clean(opened: Open) -> None:
    page = opened()
    page.click("#text")
    paste(page, "Скид\u00adка 25\u00a0%.\r\n\r\n\r\n\u200bЖдём\u2003Вас. \r\n\ufeff")
    assert text_of(page) == "Скидка 25\u00a0%.\n\nЖдём Вас.\n"


def test_each_step_can_be_taken_back(opened: Open) -> None:
    page = opened()
    page.click("#text")
    page.keyboard.type("Раз\nдва")
    paste(page, "!\n😊")
    page.keyboard.press("Backspace")
    seen = []
    for _ in range(6):
        seen.append(text_of(page))
        page.keyboard.press("Control+z")
    assert seen == ["Раз\nдва!\n", "Раз\nдва!\n😊", "Раз\nдва", "Раз", "", ""]
    for _ in range(6):
        page.keyboard.press("Control+Shift+z")
    assert text_of(page) == "Раз\nдва!\n"


def word_file(*paragraphs: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return file.getvalue()


def test_files_are_opened_checked_and_saved(opened: Open) -> None:
    page = opened()
    for name, data, text, saved in (
        ("a.txt", "Ёлка.\r\nСкидка 😊".encode(), "Ёлка.\nСкидка 😊", "a.txt"),
        ("b.txt", "Скидка на ёлку".encode("cp1251"), "Скидка на ёлку", "b.txt"),
        ("c.md", "# Скидка".encode(), "# Скидка", "c.md"),
        ("d.html", "<p>Скидка</p>".encode(), "<p>Скидка</p>", "d.html"),
        ("e.docx", word_file("Ёлка 😊.", "Скидка."), "Ёлка 😊.\n\nСкидка.", "e.txt"),
        ("f.eml", "Subject: =?utf-8?b?0KHQutC40LTQutCw?=\n\nДа.\n".encode(), "Скидка\n\nДа.\n", "f.txt"),
    ):
        page.set_input_files("#file", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
        page.wait_for_selector(f"#name >> text={name}")
        settle(page)
        assert (text_of(page), page.inner_text("#list .quote")) == (text, "Скидка")
        with page.expect_download() as download:
            page.keyboard.press("Control+s")
        assert download.value.suggested_filename == saved
        assert Path(download.value.path()).read_bytes().decode() == text


def test_a_letter_is_saved_for_other_programs(opened: Open) -> None:
    page = opened()
    write(page, LETTER)
    for kind, start in (("docx", b"PK"), ("eml", b"Subject:"), ("report", b"<!doctype html>")):
        page.click("#save")
        with page.expect_download() as download:
            page.click(f'[data-save="{kind}"]')
        assert Path(download.value.path()).read_bytes().startswith(start)


def test_an_opened_letter_gives_the_one_before_back(opened: Open) -> None:
    page = opened()
    write(page, LETTER)
    page.click("#new")
    assert text_of(page) == ""
    page.click("text=Вернуть прежний текст")
    assert text_of(page) == LETTER


def test_a_file_that_cannot_be_read_leaves_the_letter_alone(opened: Open) -> None:
    page = opened(may_fail=True)
    write(page, LETTER)
    page.set_input_files("#file", {"name": "a.docx", "mimeType": "", "buffer": b"PK"})
    page.wait_for_selector("#toast >> text=это не документ Office")
    assert page.inner_text("#toast").startswith("a.docx: ")  # the name as it is
    assert text_of(page) == LETTER


def test_the_chosen_theme_is_kept(opened: Open) -> None:
    page = opened()
    page.click("#theme")
    page.reload()
    page.wait_for_selector("body.is-ready")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


# Colours, by the arithmetic of WCAG 2

STYLE = Path(__file__).parent.parent / "vipcopy" / "web" / "static" / "style.css"
PAIRS = [
    *(("ink", ground) for ground in ("desk", "paper", "card", "error-bg", "warning-bg", "info-bg", "active")),
    *(("soft", ground) for ground in ("desk", "paper", "card")),
    *((look, ground) for look in ("error", "info", "good") for ground in ("desk", "paper")),
    *((look, f"{look}-bg") for look in ("error", "warning", "info")),
    ("accent-ink", "accent"),
    ("paper", "ink"),
]


def read_themes() -> list[dict[str, str]]:
    blocks = re.findall(r":root[^{]*\{(.*?)\}", STYLE.read_text(encoding="utf-8"), re.DOTALL)
    return [dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in blocks[:2]]


def light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", read_themes(), ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(theme: dict[str, str]) -> None:
    ratios = {f"{ink} on {ground}": contrast(theme[ink], theme[ground]) for ink, ground in PAIRS}
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 4.5} == {}
