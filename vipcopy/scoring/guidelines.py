"""The nine guidelines: their numbers and titles."""

from __future__ import annotations

from collections.abc import Mapping

GUIDELINES: Mapping[int, str] = {
    1: "Уважение и такт",
    2: "Краткость",
    3: "Без громких слов",
    4: "Без оправданий цены",
    5: "Без сомнений",
    6: "Без запугивания",
    7: "Исключительность",
    8: "Без дешёвых трюков",
    9: "Качество, а не цена",
}
