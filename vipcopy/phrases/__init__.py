"""The phrase language: a line of words, compiled once and found by its rarest word. See docs/phrases.md.

What runs is imported here; what compiles is `build` and `tree`, which a start with compiled rules does without.
"""

from vipcopy.phrases.index import Hits, Index
from vipcopy.phrases.prefilter import find_set_bits, set_bits
from vipcopy.phrases.stream import Span, Stream, build_stream

__all__ = [
    "Hits",
    "Index",
    "Span",
    "Stream",
    "build_stream",
    "find_set_bits",
    "set_bits",
]
