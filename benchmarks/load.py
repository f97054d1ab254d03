"""64 clients ask `vipcopy serve` 200 times each, all at once: every report must be the one of its own letter.

Prints what went wrong, how long it took, and the memory of the server and its workers along the way.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from threading import Lock

from server import EXAMPLES, Server, open_server

import vipcopy

CLIENTS, REQUESTS = 64, 200
LETTERS = 400  # different ones, so that two reports are seldom alike
LENGTH = 900  # characters
SENTENCES = re.compile(r"[^.!?\n]{10,200}[.!?]")
STEPS = 10  # times that memory is told


def main() -> int:
    """Print the figures; 1 where an answer was wrong."""
    letters = list(islice(make_letters(), LETTERS))
    checker = vipcopy.load()
    reports = [vipcopy.build_report(checker.check_text(letter)) for letter in letters]
    print(f"{len({json.dumps(report) for report in reports})} different reports of {LETTERS} letters", flush=True)
    with open_server() as server:
        load = Load(server, letters, reports)
        started = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(load.visit, range(CLIENTS)))
        seconds = time.perf_counter() - started
        print(f"{load.asked} requests in {seconds:.0f} s, {load.asked / seconds:.0f} a second")
    print(f"wrong: {len(load.wrong)}", *load.wrong[:5], sep="\n  ")
    return bool(load.wrong)


def make_letters() -> Iterator[str]:
    """Letters of sentences of our examples, shuffled the same way each time."""
    chance = random.Random(6)
    texts = (path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt")))
    sentences = sorted({sentence.strip() for text in texts for sentence in SENTENCES.findall(text)})
    number = 0
    while True:
        number += 1
        paragraphs = [f"Уважаемая Анна Ивановна! Это письмо № {number}."]
        while sum(map(len, paragraphs)) < LENGTH:
            paragraphs.append(" ".join(chance.choices(sentences, k=3)))
        yield "\n\n".join(paragraphs)


class Load:
    """Clients that ask at once and compare what they get."""

    def __init__(self, server: Server, letters: Sequence[str], reports: Sequence[dict[str, object]]) -> None:
        self.server = server
        self.letters = letters
        self.reports = reports
        self.asked = 0
        self.wrong: list[str] = []
        self.lock = Lock()

    def visit(self, client: int) -> None:
        """One client: a connection, its requests one after another."""
        host = self.server.address.removeprefix("http://").strip("/")
        connection = http.client.HTTPConnection(host, timeout=120)
        for turn in range(REQUESTS):
            at = (client * 31 + turn * 7) % LETTERS
            name = f"{client}-{turn}.txt"
            problem = self.ask(connection, at, name)
            with self.lock:
                self.wrong += [f"{name}: {problem}"] if problem else []
                self.asked += 1
                if self.asked % (CLIENTS * REQUESTS // STEPS) == 1:
                    print(f"{self.asked - 1:6} answers, MB: {self.server.count_megabytes()}", flush=True)
        connection.close()

    def ask(self, connection: http.client.HTTPConnection, at: int, name: str) -> str:
        """What is wrong with an answer; nothing where it is the report that this letter has."""
        body = json.dumps({"text": self.letters[at], "format": "text", "name": name})
        try:
            connection.request("POST", "/check", body.encode(), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            return repr(error)
        if answer.status != 200:
            return f"{answer.status} {told[:200]!r}"
        return "" if json.loads(told) == {**self.reports[at], "path": name} else "another report"


if __name__ == "__main__":
    sys.exit(main())
