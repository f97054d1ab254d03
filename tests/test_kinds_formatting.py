"""Garish formatting: what the reader of a page has marked, word by word."""

import pytest
from marked import build_rule

from vipcopy.errors import RuleError
from vipcopy.kinds import formatting
from vipcopy.readers import parse_document
from vipcopy.regions import read_prose


@pytest.mark.parametrize(
    ("look", "page", "words"),
    [
        ("red", "<p style='color:red'>раз <b>два</b>!</p><p>три</p>", ["раз два"]),
        ("red", "<font color=red>раз</font> и <font color=red>два</font>", ["раз", "два"]),
        ("red", "<p style='color:red'>!</p>", []),
        ("huge", "<p style='font-size:3em'>раз</p>", ["раз"]),
        ("blink", "<blink>раз</blink>", ["раз"]),
        ("marquee", "<marquee>раз</marquee>", ["раз"]),
        ("capitals", "<center>СКОРО <b>ПОКАЗ</b></center>", ["СКОРО ПОКАЗ"]),
        ("capitals", "<center>Скоро показ</center><p>СКОРО</p><center>VIP</center>", []),
        ("capitals", "<center>Мы <i style='text-transform:uppercase'>скоро</i></center>", []),
        ("capitals", "<center style='text-transform:uppercase'>Скоро</center>", ["Скоро"]),
    ],
)
def test_words_that_look_so_are_found(look: str, page: str, words: list[str]):
    finder = formatting.build([build_rule("formatting", {"look": (look,)})], {})
    document = parse_document(page, "", "html")
    hits = finder.find(read_prose(document.text, document.regions))
    assert [document.text[hit.start : hit.stop] for hit in hits] == words


def test_unknown_look_is_refused():
    with pytest.raises(RuleError, match="«look: green» не бывает; напишите одно из: red, huge"):
        formatting.build([build_rule("formatting", {"look": ("green",)})], {})
