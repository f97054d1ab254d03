"""Fields of Word, one inside another: a code, which nobody sees, then its result."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MERGED = re.compile(r"\s*MERGEFIELD\b", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    code: str = ""
    is_result: bool = False
    is_merged: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open; they are counted, since thousands may be."""

    opened: list[_Field] = field(default_factory=list)
    codes: int = 0  # of them, those whose result has not begun
    merged: int = 0  # those whose result stands for a name or a sum of the addressee

    @property
    def are_hidden(self) -> bool:
        """Whether a result belongs to the code of a field around it: {IF {MERGEFIELD sex} = "f" …}."""
        return self.codes > (bool(self.opened) and not self.opened[-1].is_result)

    def start(self, code: str = "") -> None:
        """One more field."""
        self.opened.append(_Field(code))
        self.codes += 1

    def turn(self, turn: str) -> None:
        """What `w:fldChar` says: a field begins, its result begins, it ends."""
        if turn == "begin":
            self.start()
        elif turn == "separate" and self.opened:
            self.show()
        elif turn == "end":
            self.end()

    def write_code(self, text: str) -> None:
        """More of the code of the innermost field."""
        self.opened[-1].code += text

    def show(self) -> None:
        """The result of the innermost field begins."""
        shown = self.opened[-1]
        self.codes -= not shown.is_result
        self.merged -= shown.is_merged
        shown.is_result, shown.is_merged = True, _MERGED.match(shown.code) is not None
        self.merged += shown.is_merged

    def end(self) -> None:
        """The innermost field ends, if there is one."""
        if self.opened:
            closed = self.opened.pop()
            self.codes -= not closed.is_result
            self.merged -= closed.is_merged
