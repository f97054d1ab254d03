"""`read_prose`: sentences and regions of a document's text."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from vipcopy.model import Prose, Region, Sentence
from vipcopy.patterns import compile_later
from vipcopy.regions.embedded import find_embedded
from vipcopy.regions.greeting import find_greetings
from vipcopy.regions.layout import find_headings, find_lists, find_tables
from vipcopy.regions.leaving import leave_out
from vipcopy.regions.quotation import find_quotations
from vipcopy.regions.register import find_registers
from vipcopy.regions.signature import find_signature
from vipcopy.regions.slots import hide_slots
from vipcopy.regions.verse import find_verse
from vipcopy.russian import find_blocks, find_sentences, is_punctuation, unwrap
from vipcopy.texts import compact

Span = tuple[int, int]

_LETTER = compile_later(r"[^\W_]")
_EDGE = 2  # sentences of an opening and of a closing
_OUTSIDE_BODY = frozenset(
    {"greeting", "heading", "signature", "subject", "preheader", "description", "button", "footer"}
    | {"alt", "tooltip", "hint"}
)


def read_prose(text: str, regions: tuple[Region, ...]) -> Prose:
    """The text, its blocks unwrapped, in sentences with the kinds of region that hold all their words.

    The reader's regions stay.
    """
    hidden = hide_slots(text, regions)
    blocks = find_blocks(hidden)
    unwrapped = unwrap(hidden, blocks)
    shown = str(unwrapped.unwrapped)
    sentences = find_sentences(shown, blocks)
    others = _find_others(hidden, sentences)
    said = leave_out(shown, sentences, [(region.start, region.stop) for region in others])
    found = (*others, *_find_regions(shown, blocks, sentences, regions), *find_registers(*said))
    known = tuple(dict.fromkeys((*regions, *found)))
    known += tuple(_find_edges(shown, sentences, known))
    ordered = tuple(sorted(known, key=lambda region: (region.start, -region.stop, region.kind)))
    sentences.mark(_cover(shown, sentences, ordered))
    written = unwrapped if hidden is text else unwrap(text, blocks)
    stops = array("I", (stop for _, stop in blocks))
    held = compact(str(written.unwrapped))
    if held is not written.unwrapped:
        sentences.replace_text(held if hidden is text else compact(shown))
        written = written.with_unwrapped(held)
    return Prose(held, sentences, ordered, stops, written)


def _find_others(text: str, sentences: Sequence[Sentence]) -> Sequence[Region]:
    """Others' words that are told by how lines break; none begins in another."""
    found: list[Region] = []
    for region in sorted((*find_verse(text, sentences), *find_embedded(text, sentences)), key=lambda each: each.start):
        if not found or found[-1].stop <= region.start:
            found.append(region)
    return found


def _find_regions(
    text: str, blocks: Sequence[Span], sentences: Sequence[Sentence], regions: Sequence[Region]
) -> Iterator[Region]:
    shown = [*find_greetings(text, sentences), *find_signature(text, sentences, regions)]
    shown += [*find_lists(text, blocks), *find_tables(text)]
    yield from shown
    yield from find_headings(text, blocks, (*regions, *shown))
    yield from find_quotations(text, blocks)
    yield from _find_questions(text, sentences)


def _find_questions(text: str, sentences: Sequence[Sentence]) -> Iterator[Region]:
    for sentence in sentences:
        if _asks(text, sentence):
            yield Region("question", sentence.start, sentence.stop)


def _asks(text: str, sentence: Sentence) -> bool:
    if text.find("?", sentence.start, sentence.stop) < 0:
        return False
    for token in reversed(sentence.tokens):
        if not is_punctuation(token):
            return False
        if token.norm == "?":
            return True
    return False


def _find_edges(text: str, sentences: Sequence[Sentence], regions: Sequence[Region]) -> Iterator[Region]:
    covered = enumerate(_cover(text, sentences, regions))
    body = array("I", (at for at, kinds in covered if not kinds & _OUTSIDE_BODY))
    opening = _find_worded(text, sentences, body)
    closing = _find_worded(text, sentences, reversed(body))[::-1]
    for kind, edge in (("opening", opening), ("closing", closing)):
        if edge:
            yield Region(kind, edge[0].start, edge[-1].stop)


def _find_worded(text: str, sentences: Sequence[Sentence], places: Iterable[int]) -> list[Sentence]:
    return list(islice((sentences[at] for at in places if _says(text, sentences[at])), _EDGE))


def _says(text: str, sentence: Sentence) -> bool:
    return _LETTER.search(text, sentence.start, sentence.stop) is not None or len(sentence.tokens) > 0


def _cover(text: str, sentences: Sequence[Sentence], regions: Sequence[Region]) -> Iterator[frozenset[str]]:
    """Of each sentence the kinds of region that hold all its words; both come in order, so one sweep does it."""
    ordered = sorted(regions, key=lambda region: region.start)
    open_regions: list[Region] = []
    at = 0
    for sentence in sentences:
        while at < len(ordered) and ordered[at].start < sentence.stop:
            open_regions.append(ordered[at])
            at += 1
        open_regions = [region for region in open_regions if region.stop > sentence.start]
        kinds = frozenset(_find_around(open_regions, sentence.start, sentence.stop))
        if rest := [region for region in open_regions if region.kind not in kinds]:
            kinds = kinds.union(_find_around(rest, *_find_core(text, sentence)))
        yield kinds


def _find_around(regions: Iterable[Region], start: int, stop: int) -> Iterator[str]:
    return (region.kind for region in regions if region.start <= start and stop <= region.stop)


def _find_core(text: str, sentence: Sentence) -> Span:
    """Where its letters and words start and stop; it is looked for once a sentence, however many the regions."""
    start, stop = _find_words(sentence)
    first = _LETTER.search(text, sentence.start, start)
    last = next((at for at in range(sentence.stop - 1, stop - 1, -1) if text[at].isalnum()), stop - 1)
    return first.start() if first else start, last + 1


def _find_words(sentence: Sentence) -> tuple[int, int]:
    """Where its words start and stop: the full stop after «…дождёмся».» need not be inside the quotation."""
    words = (token for token in sentence.tokens if not is_punctuation(token))
    first = next(words, None)
    last = next((token for token in reversed(sentence.tokens) if not is_punctuation(token)), None)
    if first is None or last is None:
        return sentence.start, sentence.stop
    return first.start, max(first.stop, last.stop)
