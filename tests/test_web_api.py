"""The server of `vipcopy serve`, asked as a browser, a program and an attacker would ask it."""

from __future__ import annotations

import io
import json
import re
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="нужен vipcopy[web]")
pytest.importorskip("uvicorn", reason="нужен vipcopy[web]")

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.specs.openapi.checks import positive_data_acceptance
from serving import TINY, Reply, Server, run_server

import vipcopy
from vipcopy.web.export import clean
from vipcopy.web.worker import VERBS, Answer, Job, do

GIGABYTE = 1_000_000_000
JSON = "application/json"

HASTY = f"""
import vipcopy
from vipcopy.web.access import Access
from vipcopy.web.bounds import Bounds
from vipcopy.web.server import open_socket, serve, write_address
listener = open_socket("127.0.0.1", 0)
address = write_address(listener, Access())
bounds = Bounds(body=2_000_000, reading=1.0, checking=0.5, waiting=3, workers=1, memory=1_500_000_000)
standard = vipcopy.load_standard(vipcopy.Request(packs=({TINY!r},), isolated=True))
serve(standard, listener, Access(), bounds, lambda: print(address, flush=True))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with run_server() as running:
        yield running


@pytest.fixture(scope="module")
def hasty() -> Iterator[Server]:
    """A server with one worker and no patience."""
    with run_server(code=HASTY) as running:
        yield running


@pytest.fixture(scope="module")
def checker() -> vipcopy.Checker:
    return vipcopy.load([TINY])


def said(reply: Reply) -> tuple[int, bool]:
    """The status, and whether the error is one line in Russian."""
    error = reply.json()["error"]
    return reply.status, bool(re.search("[а-я]{3}", error)) and "\n" not in error


def bomb() -> bytes:
    """A Word file of a hundred kilobytes with a hundred megabytes in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 100_000_000)
    return file.getvalue()


# What is answered


@pytest.mark.parametrize(
    "text", ["", "Поторопитесь: скидка.", "😊 ё Поторопитесь 😊", "a\ud800 скидка", "x\0\r\n скидка"]
)
def test_a_text_gets_the_report_of_the_command_line(server: Server, checker: vipcopy.Checker, text: str) -> None:
    reply = server.check(text)
    assert (reply.status, reply.json()) == (200, vipcopy.build_report(checker.check_text(text)))


def test_offsets_are_code_points(server: Server) -> None:
    text = "😊 ё: поторопитесь."
    (finding,) = server.check(text).json()["findings"]
    assert text[finding["start"] : finding["stop"]] == "поторопитесь"


def test_markup_is_read_as_its_format_says(server: Server) -> None:
    found = [server.check("<p class='скидка'>Да</p>", format=form).json()["findings"] for form in ("text", "html")]
    assert [len(each) for each in found] == [1, 0]


def test_a_file_is_read_as_its_name_says(server: Server) -> None:
    reply = server.send_file("/check", "C:\\папка\\letter.txt", "Скидка".encode("cp1251"))
    report = reply.json()
    assert (reply.status, report["path"], report["encoding"]) == (200, "letter.txt", "cp1251")
    assert [finding["quote"] for finding in report["findings"]] == ["Скидка"]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        *((f"a.{ending}", "html") for ending in ("html", "mjml", "xhtml", "j2", "liquid")),
        ("a.MD", "markdown"),
        ("a.txt", "text"),
        ("a", "text"),
        ("a.eml", "text"),
    ],
)
def test_the_page_goes_on_in_the_format_of_the_file(server: Server, name: str, form: str) -> None:
    assert server.send_file("/read", name, b"Subject: a\n\n<p>b</p>").json()["format"] == form


def test_a_file_is_read_into_the_page_without_a_check(server: Server) -> None:
    text = "---\nvipcopy: {alow: urgency}\n---\nПоторопитесь.\n".encode()
    assert server.send_file("/check", "a.md", text).status == 422  # the waiver is no waiver
    read = server.send_file("/read", "a.md", text)
    assert (read.status, read.json()["text"]) == (200, text.decode())


@pytest.mark.parametrize(("kind", "name"), [("docx", "a.docx"), ("eml", "a.eml")])
def test_a_letter_saved_is_read_again(server: Server, kind: str, name: str) -> None:
    letter = "Показ\n\nУважаемая Анна Ивановна!\n\nЖдём Вас & сына <здесь> 😊."
    saved = server.post("/export", {"text": f"{letter} <!-- vipcopy: ignore 9 — так надо -->", "to": kind})
    read = server.send_file("/read", name, saved.body).json()
    assert re.sub(r"\s*\n\s*", "\n", read["text"].strip()) == re.sub(r"\n+", "\n", letter)


def test_long_stretches_of_spaces_are_saved_in_time() -> None:
    text, started = f"Показ.{' ' * 40_000}Ждём.", time.process_time()
    assert clean(f"{text} <!-- vipcopy: ignore 9 -->") == text
    assert time.process_time() - started < 0.5


def test_the_report_for_people_is_the_page_of_the_command_line(server: Server, checker: vipcopy.Checker) -> None:
    reply = server.post("/export", {"text": "Скидка.", "name": "письмо.txt"})
    report = checker.check_text("Скидка.", name="письмо.txt")
    page = "\n".join(vipcopy.write([report], "html", vipcopy.Style(version=vipcopy.version())))
    assert (reply.status, reply.body.decode()) == (200, page)


def test_rules_health_and_the_description_are_there(server: Server, checker: vipcopy.Checker) -> None:
    rules = server.ask("GET", "/rules").json()["rules"]
    assert {rule["id"]: rule["why"] for rule in rules} == {rule.id: rule.why for rule in checker.rules.values()}
    assert server.ask("GET", "/health").json() == {"status": "ok", "vipcopy": vipcopy.version()}
    assert server.ask("GET", "/openapi.json").json()["info"]["version"] == vipcopy.version()


def test_letters_are_checked_by_the_settings_of_the_folder(tmp_path: Path) -> None:
    settings = f"packs: {TINY}\nterms: [{{term: клуб скидка}}]\nmin-score: 8,5\nrequire-reason: true\n"
    (tmp_path / ".vipcopy.yml").write_text(settings, encoding="utf-8")
    letters = ["Клуб скидок ждёт.", "Скидка ждёт.", "Скидка ждёт. <!-- vipcopy: ignore discount -->"]
    with run_server("--ignore", "urgency", folder=tmp_path) as server:
        told = server.ask("GET", "/settings").json()
        replies = [server.check(letter) for letter in letters]
    assert told == {"fail_on": "error", "min_score": 8.5}
    found = [[finding["rule"] for finding in reply.json()["findings"]] for reply in replies]
    assert found == [[], ["discount/word"], ["waiver/reason"]]
    assert [reply.headers["vipcopy-passes"] for reply in replies] == ["yes", "no", "no"]


def test_the_page_asks_nobody_else_and_runs_no_script_of_a_text(server: Server) -> None:
    page = server.ask("GET", "/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    linked = re.findall(r'(?:src|href)="([^"#]+)"', page.body.decode())
    assert linked
    assert [server.ask("GET", address).status for address in linked] == [200] * len(linked)


def test_a_file_of_the_page_is_sent_once(server: Server) -> None:
    mark = server.ask("GET", "/static/style.css").headers["etag"]
    assert server.ask("GET", "/static/style.css", if_none_match=mark).status == 304


# What is refused


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"{", JSON, 400),
        (b"[]", JSON, 400),
        (b"\xff\xfe", JSON, 400),
        (b"[" * 100_000, JSON, 400),
        (b"{}", JSON, 400),
        (rb'{"\ud800": 1, "text": "a"}', JSON, 400),
        (b'{"text": 1}', JSON, 400),
        (b'{"text": "a", "format": "pdf"}', JSON, 400),
        (b'{"text": "a", "path": "/etc/passwd"}', JSON, 400),
        (b"text=a", "application/x-www-form-urlencoded", 415),
        (b"a", "text/plain", 415),
        (b"--x", "multipart/form-data", 400),
        (b"--x\r\n", "multipart/form-data; boundary=x", 400),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\na\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
            400,
        ),
    ],
)
def test_a_request_that_says_nothing_clear_is_refused(server: Server, body: bytes, media: str, status: int) -> None:
    assert said(server.ask("POST", "/check", body, content_type=media)) == (status, True)


@pytest.mark.parametrize(
    ("path", "name", "data"),
    [
        ("/check", "a.docx", b"PK"),
        ("/read", "a.docx", b"PK"),
        ("/check", "a.eml", b""),
        ("/check", "a.txt", bytes(range(256))),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    server: Server, path: str, name: str, data: bytes
) -> None:
    assert said(server.send_file(path, name, data)) == (422, True)


def test_a_zip_bomb_is_refused_and_the_server_lives(server: Server) -> None:
    assert said(server.send_file("/check", "a.docx", bomb())) == (422, True)
    assert server.check("Скидка").status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "example.com"}, 421),
        ({"host": "127.0.0.1.example.com:80"}, 421),
        ({"host": "10.0.0.7"}, 421),
        ({"host": "[::1"}, 421),
        ({"origin": "http://example.com"}, 403),
        ({"origin": "http://localhost:1"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://["}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
    ],
)
def test_pages_of_other_sites_get_no_answer(server: Server, headers: dict[str, str], status: int) -> None:
    assert said(server.ask("GET", "/rules", **headers)) == (status, True)
    assert said(server.ask("POST", "/check", b'{"text": "a"}', content_type=JSON, **headers)) == (status, True)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8642", "LOCALHOST", "[::1]:80"])
def test_this_machine_may_ask_by_any_of_its_names(server: Server, host: str) -> None:
    assert server.ask("GET", "/health", host=host, origin=f"http://{host}").status == 200


def test_a_link_from_elsewhere_opens_the_page_and_only_the_page(server: Server) -> None:
    followed = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}
    assert [server.ask("GET", path, **followed).status for path in ("/", "/rules")] == [200, 403]


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd", "/etc/passwd"])
def test_no_path_of_a_request_is_opened(server: Server, path: str) -> None:
    assert said(server.ask("GET", path)) == (404, True)


# Limits


def stream(size: int) -> Iterator[bytes]:
    yield from (b" " * 1_000_000 for _ in range(size // 1_000_000))


@pytest.mark.parametrize("is_told", [True, False], ids=["with its length", "in chunks"])
def test_a_body_of_a_gigabyte_is_refused_early(server: Server, is_told: bool) -> None:
    length = f"Content-Length: {GIGABYTE}" if is_told else "Transfer-Encoding: chunked"
    head = f"POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\n{length}\r\n\r\n".encode()
    before = server.count_bytes()
    sent = 0
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        client.sendall(head)
        try:
            for part in stream(GIGABYTE):
                client.sendall(part if is_told else b"f4240\r\n" + part + b"\r\n")
                sent += len(part)
        except OSError:
            pass  # the server has hung up, having answered
        assert client.recv(1000).startswith(b"HTTP/1.1 413 ")
    assert sent < GIGABYTE or not is_told
    assert server.count_bytes() - before < 60_000_000
    assert server.check("Скидка").status == 200


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HT", b"POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"],
    ids=["nothing", "half a head", "half a body"],
)
def test_a_slow_client_is_told_to_go(hasty: Server, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", hasty.port), timeout=30) as client:
        client.sendall(sent)
        assert client.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_a_client_that_drips_is_told_to_go(hasty: Server) -> None:
    with socket.create_connection(("127.0.0.1", hasty.port), timeout=30) as client:
        client.settimeout(0.2)
        client.sendall(b"GET / HTTP/1.1\r\n")
        for at in range(100):
            try:
                client.sendall(f"X-{at}: a\r\n".encode())
                assert client.recv(1000).startswith(b"HTTP/1.1 408 ")
                return
            except TimeoutError:
                continue
    raise AssertionError("still there")


def test_a_check_past_its_time_is_refused_and_the_next_is_answered(hasty: Server) -> None:
    workers = hasty.workers()
    assert said(hasty.check("Поторопитесь, скидка. " * 15_000)) == (504, True)
    assert ask_until(hasty, 200) == 200
    assert hasty.workers() != workers


def test_a_worker_has_so_much_memory_and_no_more(hasty: Server) -> None:
    (worker,) = hasty.workers()
    limits = Path(f"/proc/{worker}/limits").read_text(encoding="ascii")
    assert re.search(r"Max address space +1500000000 +1500000000 ", limits)


def test_a_text_that_needs_more_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def eat(_standard: object, _job: Job) -> Answer:
        raise MemoryError

    monkeypatch.setitem(VERBS, "check", eat)
    answer = do(None, Job("check", "", "text", b""))
    assert answer.status == 413
    assert "не хватает памяти" in json.loads(answer.body)["error"]


def ask_until(server: Server, status: int) -> int:
    """The status of a short check, asked again while the server is busy."""
    for _ in range(100):
        found = server.check("Скидка").status
        if found == status:
            return found
        time.sleep(0.1)
    return found


def test_more_checks_at_once_than_there_are_places_are_told_to_come_again(hasty: Server) -> None:
    assert ask_until(hasty, 200) == 200
    replies: list[Reply] = []
    threads = [threading.Thread(target=lambda: replies.append(hasty.check("Скидка. " * 20_000))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [reply for reply in replies if reply.status == 503]
    assert refused
    assert {(reply.headers["retry-after"], said(reply)) for reply in refused} == {("1", (503, True))}
    assert ask_until(hasty, 200) == 200


def test_a_client_that_leaves_frees_its_worker(hasty: Server) -> None:
    assert ask_until(hasty, 200) == 200
    body = json.dumps({"text": "Скидка. " * 30_000}).encode()
    head = f"POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\nContent-Length: {len(body)}\r\n\r\n"
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", hasty.port)) as client:
            client.sendall(head.encode() + body)
    assert ask_until(hasty, 200) == 200


def test_a_client_that_leaves_while_it_sends_is_no_fault_of_the_server(capfd: pytest.CaptureFixture[str]) -> None:
    with run_server() as server:
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            client.sendall(f"POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\n".encode())
            client.sendall(b"Content-Length: 100\r\n\r\n{")
        assert server.check("Скидка").status == 200
    assert "Traceback" not in capfd.readouterr().err


def test_many_clients_at_once_get_each_its_own_report(server: Server, checker: vipcopy.Checker) -> None:
    texts = [f"Номер {number}: {'скидка, ' * (number % 5)}😊 поторопитесь." for number in range(40)]
    expected = [vipcopy.build_report(checker.check_text(text)) for text in texts]
    wrong: list[int] = []

    def ask(first: int) -> None:
        for at in range(8):
            number = (first + at * 7) % len(texts)
            reply = server.check(texts[number])
            if reply.status != 200 or reply.json() != expected[number]:
                wrong.append(number)

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# The description


DESCRIBED = schemathesis.openapi.from_path(Path(vipcopy.__file__).parent / "web" / "openapi.json")
OPERATIONS = [found.ok() for found in DESCRIBED.get_all_operations()]


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_the_server_does_as_its_description_says(
    server: Server, operation: schemathesis.APIOperation, mode: schemathesis.GenerationMode
) -> None:
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        answer = case.call(base_url=server.address)
        is_unreadable = answer.status_code == 422  # any bytes are a right request; not all of them are a letter
        case.validate_response(answer, excluded_checks=[positive_data_acceptance] if is_unreadable else [])

    with suppress(Unsatisfiable):  # an operation without parameters cannot be asked wrongly
        ask()


# A server for others


def test_an_address_that_others_reach_needs_the_token(tmp_path: Path) -> None:
    with run_server("--host", "0.0.0.0") as open_server:
        token = open_server.address.partition("?token=")[2]
        ask = open_server.ask
        assert len(token) >= 16
        assert said(ask("GET", "/")) == (401, True)
        assert said(ask("GET", "/rules", authorization="Bearer wrong")) == (401, True)
        assert ask("GET", "/health").status == 200
        assert ask("GET", "/rules", authorization=f"Bearer {token}").status == 200
        door = ask("GET", f"/?token={token}")
        cookie = door.headers["set-cookie"]
        assert (door.status, door.headers["location"]) == (303, "/")
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert ask("GET", "/", cookie=cookie.partition(";")[0]).status == 200
        assert ask("GET", "/health", host="10.0.0.7:8642").status == 200
        assert said(ask("GET", "/health", host="example.com")) == (421, True)
