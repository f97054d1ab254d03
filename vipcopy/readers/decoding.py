"""Bytes to text: a byte order mark, then UTF-8, then a guess among the Russian code pages. Line ends stay."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from vipcopy.errors import ConfigError, ReadError
from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple

MARKS = {  # UTF-32 first: its mark begins like that of UTF-16
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Of equal guesses the first is taken.
CODE_PAGES = ("cp1251", "koi8_r", "cp866", "mac_cyrillic", "utf_16_le", "utf_16_be")
_SINGLE_BYTE = CODE_PAGES[:4]
# Codecs of Python that no text is in; the first takes the square of the length.
NO_CODE_PAGES = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape"})
DOCUMENTS = {
    b"PK\x03\x04": "это архив или документ Office",
    b"\xd0\xcf\x11\xe0": "это документ Office старого образца",
    b"{\\rtf": "это документ RTF",
}
MAGIC = {
    b"%PDF": "это PDF",
    b"\x89PNG": "это картинка",
    b"\xff\xd8\xff": "это картинка",
    b"GIF8": "это картинка",
    b"\x1f\x8b": "это архив",
    b"Rar!": "это архив",
    b"7z\xbc\xaf": "это архив",
    b"\x7fELF": "это программа",
}

LARGEST = 20_000_000  # bytes of text: some minutes of work and a few gigabytes of words

_SAMPLE = 65536  # bytes that a guess looks at: an even number, for UTF-16
_ASCII = bytes(range(128))
_NUL_SHARE = 0.3  # above it, NULs are not stray ones
_CONTROL_SHARE = 0.05
_GLANCE = 4096  # bytes that tell one code page from another
_MARGIN = 0.05  # the right code page has 0.2 more than another that makes Russian letters of the bytes
_FIT = 0.4  # Russian prose has 0.7, the same bytes in a wrong code page 0.2
_BY_FREQUENCY = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_VALUES = {letter: 1 - rank / len(_BY_FREQUENCY) / 2 for rank, letter in enumerate(_BY_FREQUENCY)}
_FOREIGN = compile_later(r"[^\x00-\x7f]")
_CONTROLS = compile_later(r"[\x01-\x08\x0e-\x1f\x7f]")
_BREAK = compile_later(r"[а-яё][А-ЯЁ]|[a-zA-Z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][a-zA-Z]")  # no word is spelt so: «приВет», «Grцяe»
_WORD = compile_later(r"[а-яёА-ЯЁ]{2}")
_MARKS_OF_TEXT = frozenset("«»„“”’–—…№₽°·•\u00a0\u00ad")


class Decoded(NamedTuple):
    """A text and the Python codec that decodes the bytes to it."""

    text: str
    encoding: str


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of a file. Raises ReadError for what is no text, ConfigError for an unknown encoding.

    >>> decode("Часы".encode("cp1251"), "letter.txt")
    Decoded(text='Часы', encoding='cp1251')
    """
    if len(data) > LARGEST:
        raise ReadError(f"{name}: в тексте больше {LARGEST // 1_000_000} МБ; разделите его на части")
    if encoding:
        return _decode_as(data, name, encoding)
    _refuse_binary(data, name)
    for mark, codec in MARKS.items():
        if data.startswith(mark):
            return _decode_marked(data, name, codec)
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        return _guess(data, name, error.start)
    is_text = _is_plain(text) or _WORD.search(text)
    return Decoded(text, "utf-8") if is_text else _guess(data, name, 0)


def decode_declared(data: bytes, name: str, declared: str) -> Decoded:
    """The text of what declares its own encoding, which wins over a guess where it makes Russian of the bytes.

    UTF-8 is hardly ever anything else; pages that are declared to be Latin-1 have been sent in cp1251 for decades.

    >>> decode_declared("Часы".encode("koi8-r"), "letter.html", "koi8-r").text
    'Часы'
    """
    if not declared or data.startswith(tuple(MARKS)) or _is_utf8(data):
        return decode(data, name)
    try:
        decoded = decode(data, name, declared)
    except (ConfigError, ReadError):
        return decode(data, name)
    if _is_likely(decoded.text, data):
        return decoded
    try:
        return decode(data, name)
    except ReadError:
        return decoded


def _is_likely(text: str, data: bytes) -> bool:
    """Whether bytes can be meant as this text. Those of cp1251 are Russian letters in KOI8-R too, «яЙХДЙЮ»."""
    first = _FOREIGN.search(text)
    if first is None:
        return _is_plain(text)
    fit = _fit(text[first.start() :][:_SAMPLE])
    words = data.lstrip(_ASCII)[:_GLANCE]
    most = fit + _MARGIN + 1 / len(words)  # a word alone may have rare letters
    return fit >= _FIT and all(_fit(words.decode(page, "replace")) <= most for page in _SINGLE_BYTE)


def _is_utf8(data: bytes) -> bool:
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, what in DOCUMENTS.items():
        if data.startswith(magic):
            raise ReadError(f"{name}: {what}, а не текст; сохраните его в .docx или .odt и укажите новый файл")
    for magic, what in MAGIC.items():
        if data.startswith(magic):
            raise ReadError(f"{name}: {what}, а не текст; сохраните текст в UTF-8 и укажите его")


def _decode_as(data: bytes, name: str, encoding: str) -> Decoded:
    refusal = ConfigError(f"нет кодировки «{encoding}»; бывают: utf-8, utf-16, {', '.join(CODE_PAGES[:4])}")
    try:
        codec = codecs.lookup(encoding).name
        if codec in NO_CODE_PAGES:
            raise refusal
        text = data.decode(codec)
    except UnicodeError:
        raise ReadError(f"{name}: это не {encoding}; укажите другую кодировку в --encoding или уберите его") from None
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        raise refusal from None
    return (
        _decode_marked(data, name, "utf-8-sig") if codec == "utf-8" and text[:1] == "\ufeff" else Decoded(text, codec)
    )


def _decode_marked(data: bytes, name: str, codec: str) -> Decoded:
    try:
        return Decoded(data.decode(codec, "surrogatepass"), codec)
    except UnicodeDecodeError as error:
        raise _damaged(data, name, codec, error.start) from None


def _damaged(data: bytes, name: str, codec: str, at: int) -> ReadError:
    line = data[:at].count(b"\n") + 1
    return ReadError(f"{name}:{line}: текст в {codec} повреждён; сохраните файл заново в UTF-8 или укажите --encoding")


def _is_plain(text: str) -> bool:
    """Whether there are few control characters. UTF-16 without a mark is valid UTF-8: «П» is 1F 04."""
    nuls = text.count("\0")
    if nuls > _NUL_SHARE * len(text) and text.strip("\0 \r\n\t"):
        return False
    return len(_CONTROLS.findall(text)) <= _CONTROL_SHARE * len(text)


def _guess(data: bytes, name: str, at: int) -> Decoded:
    if _is_damaged_utf8(data):
        raise _damaged(data, name, "utf-8", at)
    fit, rank = max(_find_fits(data), default=(0.0, 0))
    encoding = CODE_PAGES[-rank]
    try:
        if fit >= _FIT:
            return Decoded(data.decode(encoding), codecs.lookup(encoding).name)
    except UnicodeDecodeError:
        pass  # the sample was Russian, the rest is not
    raise ReadError(f"{name}: это не похоже на русский текст; сохраните файл в UTF-8 или укажите --encoding")


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of the letters are whole: in a code page hardly any pair of bytes is."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return 0 < broken < sum(not character.isascii() for character in text) - broken


def _find_fits(data: bytes) -> Iterator[tuple[float, int]]:
    """How Russian the text looks in each code page that can be meant, and minus the number of that page."""
    from charset_normalizer import from_bytes

    for guess in from_bytes(_take_sample(data), cp_isolation=list(CODE_PAGES)):
        for encoding in (guess.encoding, *guess.could_be_from_charset):
            yield _fit(str(guess)), -CODE_PAGES.index(encoding)


def _take_sample(data: bytes) -> bytes:
    """The first bytes; where a page begins with a long sheet of styles, those that follow it."""
    first = len(data) - len(data.lstrip(_ASCII))
    start = first - first % 2 if first > _SAMPLE // 2 else 0
    return data[start : start + _SAMPLE]


def _fit(text: str) -> float:
    """How Russian a text looks, up to 1: frequent letters count most, foreign letters and broken words against it."""
    foreign = [character for character in text if not character.isascii()]
    if not _WORD.search(text) or not _is_plain(text):
        return 0.0
    values = sum(_VALUES.get(character.lower(), 0.5 if character in _MARKS_OF_TEXT else -1) for character in foreign)
    return (values - 2 * len(_BREAK.findall(text))) / len(foreign)
