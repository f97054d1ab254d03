"""What callers of the library give: one path or several, one name or several, a text or a file's bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike, fspath

from vipcopy.hints import TypeVar

Path = str | PathLike[str]
Paths = Path | Iterable[Path]
Names = str | int | Iterable[str | int]

T = TypeVar("T")

_BYTES = (bytes, bytearray, memoryview)


def take_paths(argument: str, given: Paths) -> Iterator[str]:
    """The paths, of which one may stand alone; TypeError for what is none.

    >>> list(take_paths("paths", "letter.txt")), list(take_paths("paths", ["a.txt", "b.txt"]))
    (['letter.txt'], ['a.txt', 'b.txt'])
    """
    remedy = "передайте путь (str или Path) или список путей"
    several: Iterable[Path] = (given,) if isinstance(given, str | PathLike) else _go_through(argument, given, remedy)
    return (fspath(_check(argument, path, (str, PathLike), remedy)) for path in several)


def take_names(argument: str, given: Names) -> tuple[str, ...]:
    """The names of rules, categories and guidelines, of which one may stand alone; TypeError for what is none.

    >>> take_names("select", 6), take_names("select", ["urgency", "discount"])
    (('6',), ('urgency', 'discount'))
    """
    remedy = "передайте имя правила, категории или номер принципа или их список"
    several: Iterable[str | int] = (given,) if isinstance(given, str | int) else _go_through(argument, given, remedy)
    return tuple(str(_check(argument, name, (str, int), remedy)) for name in several)


def take_texts(given: Iterable[str]) -> Iterable[str]:
    """The texts; TypeError for a single one, which would be read letter by letter."""
    remedy = "передайте список строк; одну строку проверяет check_text"
    if isinstance(given, str):
        raise TypeError(f"texts: это одна строка; {remedy}")
    return _go_through("texts", given, remedy)


def refuse_no_text(given: object) -> None:
    """TypeError for what is no string."""
    remedy = "байты проверяет check_bytes" if isinstance(given, _BYTES) else "передайте строку (str)"
    _check("text", given, (str,), remedy)


def refuse_no_bytes(given: object) -> None:
    """TypeError for what are no bytes."""
    remedy = "строку проверяет check_text" if isinstance(given, str) else "передайте содержимое файла (bytes)"
    _check("data", given, _BYTES, remedy)


def _go_through(argument: str, given: Iterable[T], remedy: str) -> Iterable[T]:
    if isinstance(given, _BYTES):  # to go through them gives numbers
        raise TypeError(f"{argument}: это {_name(given)}; {remedy}")
    return _check(argument, given, (Iterable,), remedy)


def _check(argument: str, given: T, kinds: tuple[type, ...], remedy: str) -> T:
    if not isinstance(given, kinds):
        raise TypeError(f"{argument}: это {_name(given)}; {remedy}")
    return given


def _name(given: object) -> str:
    return "None" if given is None else type(given).__name__
