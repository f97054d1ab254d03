"""The snippets of docs/pipelines.md run, as far as their libraries are installed."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "pipelines.md"
SNIPPET = re.compile(r"^## ([^\n]+)\n(?:(?!^## ).)*?^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
SNIPPETS = dict(SNIPPET.findall(PAGE.read_text(encoding="utf-8")))
BAD, GOOD = "<p>Спешите: скидка 30 %.</p>", "<p>Часы готовы.</p>"


def find_libraries(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom):
            yield str(node.module).partition(".")[0]


def run(title: str) -> dict[str, object]:
    """The names that a snippet defines; the test is skipped where a library of it is not installed."""
    missing = [name for name in find_libraries(SNIPPETS[title]) if find_spec(name) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")
    names: dict[str, object] = {"__name__": "snippet"}
    exec(compile(SNIPPETS[title], f"{PAGE.name}: {title}", "exec", dont_inherit=True), names)
    return names


def test_the_page_has_the_four_that_the_readme_names() -> None:
    assert list(SNIPPETS) == ["A queue worker", "FastAPI", "Django", "Airflow"]


def test_threads_of_a_queue_worker_share_the_checker() -> None:
    names = run("A queue worker")
    letters, results = Queue(), Queue()
    for at in range(8):
        letters.put((str(at), {3: "<b>" * 5002, 5: "long" * 60_000}.get(at, BAD if at % 2 else GOOD)))
    threads = [Thread(target=names["work"], args=(letters, results)) for _ in range(3)]
    for thread in threads:
        letters.put(None)
        thread.start()
    for thread in threads:
        thread.join()
    got = dict(results.get() for _ in range(8))
    assert got.pop("3").startswith("3: теги вложены глубже 5000 уровней")
    assert got.pop("5").startswith("5: 240\u00a0000 знаков, принимается до 200\u00a0000")
    found = {name: bool(json.loads(text)["files"][0]["findings"]) for name, text in got.items()}
    assert found == {name: int(name) % 2 == 1 for name in found}


def test_fastapi_answers_with_the_report() -> None:
    app = run("FastAPI")["app"]
    from fastapi.testclient import TestClient

    client = TestClient(app)
    report = client.post("/check", json={"text": BAD, "format": "html"}).json()
    assert "скидка" in [finding["quote"] for finding in report["findings"]]
    assert client.post("/check", json={"text": "а" * 200_001}).status_code == 413
    assert client.post("/check", json={"text": "а", "format": "pdf"}).status_code == 422
    assert client.post("/check", json={"text": "<b>" * 5002, "format": "html"}).status_code == 422


@pytest.fixture
def publish() -> Callable[[object], object]:
    pytest.importorskip("django", reason="vipcopy[django] is not installed")
    from djangosite import start_django

    start_django()
    return run("Django")["publish"]


@pytest.mark.parametrize(("body", "status"), [(BAD, 422), (GOOD, 200)])
def test_a_django_view_holds_the_letter_back(publish: Callable[[object], object], body: str, status: int) -> None:
    from django.test import RequestFactory

    answer = publish(RequestFactory().post("/", {"body": body}))
    assert answer.status_code == status
    assert ("discount/word" in answer.content.decode()) == (status == 422)


def test_an_airflow_task_fails_with_what_to_correct(tmp_path: Path) -> None:
    check = run("Airflow")["check"].function
    from airflow.exceptions import AirflowFailException

    (tmp_path / "bad.html").write_text(BAD, encoding="utf-8")
    (tmp_path / "good.html").write_text(GOOD, encoding="utf-8")
    assert check([str(tmp_path / "good.html")]) == [str(tmp_path / "good.html")]
    with pytest.raises(AirflowFailException, match="замечани"):
        check([str(tmp_path / "bad.html")])
