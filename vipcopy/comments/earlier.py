"""Our comments of an earlier run taken out of the bytes of a Word file; those of people stay with their numbers."""

from __future__ import annotations

import re

AUTHOR = "vipcopy"
INITIALS = "vc"

_COMMENT = re.compile(
    rb"<((?:[\w.-]+:)?)comment(?=[\s/>])(?P<attributes>[^>]*?)(?:/>|>.*?</\1comment\s*>)\s*", re.DOTALL
)
_ATTRIBUTE = re.compile(rb"""\b(author|initials|id)\s*=\s*["']([^"']*)["']""")
_RANGE = re.compile(
    rb"""<((?:[\w.-]+:)?)commentRange(Start|End)\s[^>]*?\bid\s*=\s*["'](?P<id>\d+)["'][^>]*?"""
    rb"(?:/>|>\s*</\1commentRange\2\s*>)"
)
_REFERENCE = rb"""<\1commentReference\s[^>]*?\bid\s*=\s*["'](?P<id>\d+)["'][^>]*?(?:/>|>\s*</\1commentReference\s*>)"""
_REFERENCE_RUN = re.compile(  # Word gives it a look when it saves the file
    rb"<((?:[\w.-]+:)?)r(?:\s[^>]*)?>\s*(?:<\1rPr(?:\s[^>]*)?>(?:(?!</?\1rPr[\s>]).)*</\1rPr\s*>\s*)?"
    + _REFERENCE
    + rb"\s*</\1r\s*>",
    re.DOTALL,
)


def find_ours(comments: bytes) -> frozenset[bytes]:
    """The numbers of our comments in the part that holds all."""
    found = (dict(_ATTRIBUTE.findall(comment["attributes"])) for comment in _COMMENT.finditer(comments))
    return frozenset(each[b"id"] for each in found if b"id" in each and _is_ours(each))


def remove_comments(comments: bytes, ours: frozenset[bytes]) -> bytes:
    """The part of the comments without these."""

    def keep(comment: re.Match[bytes]) -> bytes:
        return b"" if dict(_ATTRIBUTE.findall(comment["attributes"])).get(b"id") in ours else comment[0]

    return _COMMENT.sub(keep, comments)


def remove_marks(xml: bytes, ours: frozenset[bytes]) -> bytes:
    """The part of the text without the marks of these comments."""

    def keep(mark: re.Match[bytes]) -> bytes:
        return b"" if mark["id"] in ours else mark[0]

    return _RANGE.sub(keep, _REFERENCE_RUN.sub(keep, xml))


def _is_ours(attributes: dict[bytes, bytes]) -> bool:
    return (attributes.get(b"author"), attributes.get(b"initials")) == (AUTHOR.encode(), INITIALS.encode())
