"""pymorphy3's analyser, which guesses at new words, over the tables that are read already.

Its own start reads all of them again: 14 MB and 40 ms more, for a word or two of a letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pymorphy3_dicts_ru import get_path

from vipcopy.lazy import LazySequence
from vipcopy.russian.dawg import SuffixDawg
from vipcopy.russian.tables import load_tables, read_json

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.opencorpora_dict import Dictionary

_KNOWN = "2.0."  # the versions whose analyser is made of these parts; any other makes itself
_FORMAT = "opencorpora-int"
_CERTAIN = 1_000_000  # chances are counted in parts of it


def build_analyzer() -> MorphAnalyzer:
    """The analyser: as its own constructor leaves it, but for the tables."""
    import pymorphy3
    from pymorphy3.analyzer import Parse, ProbabilityEstimator

    if not pymorphy3.__version__.startswith(_KNOWN):
        return pymorphy3.MorphAnalyzer(get_path())
    analyzer = pymorphy3.MorphAnalyzer.__new__(pymorphy3.MorphAnalyzer)
    analyzer.dictionary = dictionary = _build_dictionary()
    analyzer.lang = dictionary.lang
    analyzer.prob_estimator = ProbabilityEstimator.__new__(ProbabilityEstimator)
    analyzer.prob_estimator.p_t_given_w = _Estimate()
    analyzer._result_type = type("Parse", (Parse,), {"_morph": analyzer, "_dict": dictionary})
    analyzer._init_units()
    return analyzer


class _Estimate:
    """How likely a tag is of a word."""

    def prob(self, word: str, tag: object) -> float:
        """The share of the word's places where it has that tag."""
        return load_tables().chances.get(f"{word}:{tag}", 0) / _CERTAIN


def _build_dictionary() -> Dictionary:
    from pymorphy3.opencorpora_dict import Dictionary
    from pymorphy3.tagset import registry

    tables, tag = load_tables(), registry[_FORMAT]
    tag._init_grammemes(read_json("grammemes.json"))
    dictionary = Dictionary.__new__(Dictionary)
    dictionary.paradigms, dictionary.suffixes, dictionary.words = tables.paradigms, tables.suffixes, tables.words
    dictionary.paradigm_prefixes, dictionary.meta = tables.prefixes, tables.meta
    dictionary.gramtab = LazySequence((), lambda at: tag(tables.tags[at]), len(tables.tags))
    dictionary.prediction_suffixes_dawgs = [
        SuffixDawg(f"{get_path()}/prediction-suffixes-{at}.dawg") for at in range(len(tables.prefixes))
    ]
    dictionary.Tag, dictionary.lang, dictionary.path = tag, tables.meta["language_code"], get_path()
    return dictionary
