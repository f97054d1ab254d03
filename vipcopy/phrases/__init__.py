"""The phrase language: a line of words, compiled once and found by its rarest word. See docs/phrases.md."""

from vipcopy.phrases.anchors import needs_a_word
from vipcopy.phrases.index import Index, build_index, find_all, find_words
from vipcopy.phrases.lexicon import FINDERS, build_lexicon
from vipcopy.phrases.program import Program
from vipcopy.phrases.sieve import FRONT, Sieve, set_bits
from vipcopy.phrases.stream import Span, Stream, build_stream
from vipcopy.phrases.tree import Branch, Lists, Mark, Settings, build_tree

__all__ = [
    "FINDERS",
    "FRONT",
    "Branch",
    "Index",
    "Lists",
    "Mark",
    "Program",
    "Settings",
    "Sieve",
    "Span",
    "Stream",
    "build_index",
    "build_lexicon",
    "build_stream",
    "build_tree",
    "find_all",
    "find_words",
    "needs_a_word",
    "set_bits",
]
