"""How a page shows an element: hidden, red, huge, blinking, centred, in capitals; by attributes, styles and sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from vipcopy.readers.smileys import is_font_of_signs
from vipcopy.readers.tags import Attribute
from vipcopy.records import NamedTuple

Declarations = Mapping[str, str]  # property -> value, in small letters

HUGE_PIXELS = 40
_SMALLEST_PIXELS = 2
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16, "": 1.0, "vw": 12.0}
_FONT_SIZES = {"6": 32, "7": 48, "+3": 32, "+4": 48, "+5": 48, "+6": 48}  # <font size=7>
_REDS = {  # the names of CSS for what _is_red would say of their numbers
    "red",
    "crimson",
    "firebrick",
    "darkred",
    "orangered",
}
_SHOW = {"color": "red", "font-size": "huge", "text-align": "centred", "text-transform": "capitals"}

_ATTRIBUTES = {"color": "color", "align": "text-align", "font-size": "font-size", "face": "font-family"}

_BRACE = re.compile(r"([{}])")
_NOTE = re.compile(r"/\*(?:[^*]|\*(?!/))*+\*/")
_SELECTOR = re.compile(r"(?:[a-z][\w-]*)?(?:[.#][\w-]+)?")
_SIZE = re.compile(r"([\d.]{1,9})\s*([a-z%]*)")
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\b")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})")
_SIDES = ("height", "max-height", "width", "max-width")
_ZERO = re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|%)?")


class Appearance(NamedTuple):
    """What an element shows of itself: kinds of region, those that it puts an end to, whether it is hidden.

    `is_tiny`: whether its letters are too small to be read, which those of an element inside may not be: MJML gives
    each cell `font-size:0px`. `is_of_signs`: whether its font has signs for letters. None where nothing is said of it.
    """

    kinds: frozenset[str]
    ended: frozenset[str]
    is_hidden: bool
    is_tiny: bool | None
    is_of_signs: bool | None


def parse_stylesheet(css: str) -> Iterator[tuple[str, Declarations]]:
    """The styles of the plain selectors of a sheet: `p`, `.lead`, `#top`, `td.price`; those of `@media` are left out.

    >>> dict(parse_stylesheet("@media print {p {color: red}} .a, b {color: #F00 !important}"))
    {'.a': {'color': '#f00'}, 'b': {'color': '#f00'}}
    """
    for selectors, body in _find_rules(_NOTE.sub(" ", css.lower())):
        style = parse_declarations(body)
        for selector in selectors.split(","):
            if _SELECTOR.fullmatch(selector.strip()):
                yield selector.strip(), style


def parse_declarations(text: str) -> dict[str, str]:
    """The properties of a `style` attribute."""
    pairs = (declaration.partition(":") for declaration in text.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value}


def read_appearance(name: str, attributes: Mapping[str, Attribute], sheet: Mapping[str, Declarations]) -> Appearance:
    """How an element looks by its own attributes and the sheet."""
    style = _cascade(name, attributes, sheet)
    kinds = frozenset(_find_kinds(name, style, attributes))
    ended = frozenset(kind for key, kind in _SHOW.items() if key in style)
    size = _pixels(style.get("font-size", ""))
    font = style.get("font-family")
    is_of_signs = None if font is None else is_font_of_signs(font)
    is_tiny = None if size is None else size < _SMALLEST_PIXELS
    return Appearance(kinds, ended, "hidden" in attributes or _is_hidden(style), is_tiny, is_of_signs)


def _find_rules(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and what stands in their braces; what stands in an `@` block holds on some screens only."""
    outer: list[str] = []  # what stands before each brace that is open
    written = ""
    for part in _BRACE.split(css):
        if part == "{":
            outer.append(written.rpartition(";")[2].strip())
        elif part == "}" and outer:
            selectors = outer.pop()
            if not outer and not selectors.startswith("@"):
                yield selectors, written
        written = "" if part in ("{", "}") else part


def _cascade(name: str, attributes: Mapping[str, Attribute], sheet: Mapping[str, Declarations]) -> Declarations:
    style = dict(sheet.get(name, {}))
    names = [f".{each}" for each in _value(attributes, "class").split()] if sheet else []
    for selector in (*names, *([f"#{_value(attributes, 'id')}"] if sheet else ())):
        style |= {**sheet.get(selector, {}), **sheet.get(name + selector, {})}
    for attribute, key in _ATTRIBUTES.items():
        if _value(attributes, attribute):
            style[key] = _value(attributes, attribute)
    return style | parse_declarations(_value(attributes, "style"))


def _find_kinds(name: str, style: Declarations, attributes: Mapping[str, Attribute]) -> Iterator[str]:
    if _is_red(style.get("color", "")):
        yield "red"
    if (_pixels(style.get("font-size", "")) or 0) >= HUGE_PIXELS or (
        name == "font" and _FONT_SIZES.get(_value(attributes, "size"), 0) >= HUGE_PIXELS
    ):
        yield "huge"
    if name == "blink" or "blink" in style.get("text-decoration", "") + style.get("animation", ""):
        yield "blink"
    if name == "marquee":
        yield "marquee"
    if name == "center" or style.get("text-align") in ("center", "middle"):
        yield "centred"
    if style.get("text-transform") == "uppercase":
        yield "capitals"


def _is_hidden(style: Declarations) -> bool:
    return (
        style.get("display") == "none"
        or style.get("visibility") == "hidden"
        or _ZERO.fullmatch(style.get("opacity", "1")) is not None
        or (style.get("overflow") == "hidden" and any(_ZERO.fullmatch(style.get(side, "auto")) for side in _SIDES))
    )


def _is_red(colour: str) -> bool:
    """Whether it shouts: bright or dark red, no brick, no pink, no wine."""
    if colour in _REDS:
        return True
    red, green, blue = _read_colour(colour)
    return red >= 0xA0 and max(green, blue) <= red * 0.35


def _read_colour(colour: str) -> tuple[int, int, int]:
    if match := _HEX.match(colour):
        digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if match := _RGB.match(colour):
        return int(match[1]), int(match[2]), int(match[3])
    return 0, 0, 0


def _pixels(size: str) -> float | None:
    match = _SIZE.fullmatch(size)
    if not match or match[1].count(".") > 1 or match[1] == "." or match[2] not in _PIXELS:
        return None
    return float(match[1]) * _PIXELS[match[2]]


def _value(attributes: Mapping[str, Attribute], name: str) -> str:
    return attributes[name].value.lower().strip() if name in attributes else ""
