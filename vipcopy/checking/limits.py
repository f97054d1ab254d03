"""How long a text may be and how long its check may take. The clock itself is the caller's: the core only ticks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vipcopy.errors import ConfigError, LimitError
from vipcopy.hints import overload
from vipcopy.model import Prose, Sentence
from vipcopy.records import NamedTuple
from vipcopy.ticks import Tick, never


class _Limits(NamedTuple):
    length: int | None = None
    seconds: float | None = None


class Limits(_Limits):
    """The most code points of a text and the most seconds of its check; None sets no limit.

    The length is looked at before any work. The clock is looked at between sentences of each kind of rule and
    before a phrase is tried, so a check ends a little after its time, and not before the text is read; nothing is
    killed, the checker is fit for the next.

    >>> import vipcopy
    >>> vipcopy.load().check_text("Часы готовы.", limits=Limits(length=5))
    Traceback (most recent call last):
    vipcopy.errors.LimitError: текст: 12 знаков, принимается до 5; сократите его или разделите
    """

    __slots__ = ()

    def __new__(cls, length: int | None = None, seconds: float | None = None) -> Limits:
        """Raises ConfigError for what is no limit."""
        _refuse("length", length, (int,), "целое число знаков")
        _refuse("seconds", seconds, (int, float), "число секунд")
        return super().__new__(cls, length, seconds)


def _refuse(name: str, given: float | None, kinds: tuple[type, ...], remedy: str) -> None:
    if given is not None and (isinstance(given, bool) or not isinstance(given, kinds) or not given >= 0):
        raise ConfigError(f"Limits: {name}={given!r} — не предел; напишите {remedy} от 0 или None")


NO_LIMITS = Limits()


def refuse_long(text: str, name: str, limits: Limits) -> None:
    """Raises LimitError for a text over the length, TypeError for what are no limits."""
    if not isinstance(limits, Limits):
        raise TypeError(f"limits={limits!r} — не пределы; передайте vipcopy.Limits(length=…, seconds=…)")
    if limits.length is not None and len(text) > limits.length:
        raise LimitError(
            f"{name or 'текст'}: {_write_number(len(text))} знаков, принимается до {_write_number(limits.length)}; "
            "сократите его или разделите"
        )


def watch(prose: Prose, tick: Tick) -> Prose:
    """The same prose, which ticks at each sentence that a finder takes from it and at each phrase that is tried."""
    return prose if tick is never else prose._replace(sentences=_Watched(prose.sentences, tick), tick=tick)


class _Watched(Sequence[Sentence]):
    """Sentences that tick when they are gone through."""

    def __init__(self, sentences: Sequence[Sentence], tick: Tick) -> None:
        self._sentences = sentences
        self._tick = tick

    def __len__(self) -> int:
        return len(self._sentences)

    @overload
    def __getitem__(self, at: int) -> Sentence: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Sentence]: ...

    def __getitem__(self, at: int | slice) -> Sentence | Sequence[Sentence]:
        return self._sentences[at]

    def __iter__(self) -> Iterator[Sentence]:
        for sentence in self._sentences:
            self._tick()
            yield sentence


def _write_number(number: int) -> str:
    """«200 000», with a space that no line ends at."""
    return f"{number:,}".replace(",", "\u00a0")
