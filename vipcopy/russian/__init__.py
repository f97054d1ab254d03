"""Russian text: norms, tokens, sentences, readings and word forms. The only user of razdel and pymorphy3.

The words of closed classes (prepositions, links, abbreviations) stand here, beside the one function that each is for,
and in no pack: packs are compiled with what this tells of their words and sentences.
"""

from vipcopy.russian.blocks import find_blocks, has_bullet
from vipcopy.russian.context import readings_in
from vipcopy.russian.dictionary import (
    form_grams,
    inflect,
    is_analysable,
    is_grammeme,
    is_known,
    is_known_lemma,
    is_lemma,
    known_readings,
    preload_readings,
    readings,
    word_forms,
    write_lines,
)
from vipcopy.russian.lazy_sentences import LazySentences
from vipcopy.russian.lazy_tokens import (
    LazyTokens,
    count_words,
    find_forms,
    find_norms,
    find_parts,
    find_words,
    find_written,
)
from vipcopy.russian.norms import count_typed, norm, write_bare
from vipcopy.russian.sentences import find_sentences
from vipcopy.russian.tabs import is_bullet
from vipcopy.russian.tokens import find_tokens, is_emoji, is_number, is_punctuation, is_unit, is_word
from vipcopy.russian.wrapping import unwrap

__all__ = [
    "LazySentences",
    "LazyTokens",
    "count_typed",
    "count_words",
    "find_blocks",
    "find_forms",
    "find_norms",
    "find_parts",
    "find_sentences",
    "find_tokens",
    "find_words",
    "find_written",
    "form_grams",
    "has_bullet",
    "inflect",
    "is_analysable",
    "is_bullet",
    "is_emoji",
    "is_grammeme",
    "is_known",
    "is_known_lemma",
    "is_lemma",
    "is_number",
    "is_punctuation",
    "is_unit",
    "is_word",
    "known_readings",
    "norm",
    "preload_readings",
    "readings",
    "readings_in",
    "unwrap",
    "word_forms",
    "write_bare",
    "write_lines",
]
