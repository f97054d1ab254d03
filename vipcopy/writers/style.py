"""How a report looks: with colour or without, how wide."""

from __future__ import annotations

from vipcopy.records import NamedTuple

BOLD, UNDERLINE, RED, GREEN, YELLOW, CYAN = "1", "4", "31", "32", "33", "36"


class Style(NamedTuple):
    """The look of a report. `short` leaves one line for each text; `version` is what JSON names.

    >>> Style(width=80).colour
    False
    """

    colour: bool = False
    width: int = 100
    short: bool = False
    version: str = ""

    def paint(self, text: str, *codes: str) -> str:
        """The text in a colour of the terminal, or as it is.

        >>> Style(colour=True).paint("Итог", BOLD)
        '\\x1b[1mИтог\\x1b[0m'
        """
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.colour and text else text
