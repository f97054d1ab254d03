"""The phrase language: a line of words, compiled once and found by its rarest word. See docs/phrases.md."""

from vipcopy.phrases.anchors import needs_a_word
from vipcopy.phrases.index import Index, build_index
from vipcopy.phrases.machine import run
from vipcopy.phrases.program import Program, build_program
from vipcopy.phrases.stream import Span, Stream, build_stream
from vipcopy.phrases.tree import Branch, Lists, Mark, Settings, build_tree

__all__ = [
    "Branch",
    "Index",
    "Lists",
    "Mark",
    "Program",
    "Settings",
    "Span",
    "Stream",
    "build_index",
    "build_program",
    "build_stream",
    "build_tree",
    "needs_a_word",
    "run",
]
