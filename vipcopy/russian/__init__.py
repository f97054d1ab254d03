"""Russian text: norms, tokens, sentences, readings and word forms. The only user of razdel and pymorphy3."""

from vipcopy.russian.blocks import find_blocks, has_bullet
from vipcopy.russian.context import readings_in
from vipcopy.russian.dictionary import inflect, is_grammeme, is_known, readings, word_forms
from vipcopy.russian.norms import norm
from vipcopy.russian.sentences import find_sentences
from vipcopy.russian.tokens import find_tokens, is_emoji, is_number, is_punctuation, is_word

__all__ = [
    "find_blocks",
    "find_sentences",
    "find_tokens",
    "has_bullet",
    "inflect",
    "is_emoji",
    "is_grammeme",
    "is_known",
    "is_number",
    "is_punctuation",
    "is_word",
    "norm",
    "readings",
    "readings_in",
    "word_forms",
]
