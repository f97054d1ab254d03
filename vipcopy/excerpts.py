"""What is shown of a sentence on either side of a finding: some words, and «…» for the others."""

from __future__ import annotations


def cut_before(text: str, most: int) -> str:
    """The end of a text from a word on, where it has more than so many characters.

    >>> cut_before("Мы открыли второй зал", 14)
    '…второй зал'
    """
    return "…" + text[-most:].partition(" ")[2] if len(text) > most else text


def cut_after(text: str, most: int) -> str:
    """The same at the end, which stops with a word.

    >>> cut_after("Мы открыли второй зал", 14)
    'Мы открыли…'
    """
    return text[:most].rpartition(" ")[0] + "…" if len(text) > most else text
