"""What offers nothing to its reader: contracts, manuals, lessons, articles that address nobody."""

from __future__ import annotations

from vipcopy.regions.speech import WORDS_OF_A_CRY, Speech
from vipcopy.regions.voice import Voice

_FEWEST_TERMS = 4
_FEWEST_OFFICE_TERMS = 6
_FEW_OFFERS = 3  # in 100 words
_FEW_SIGNS = 1  # of an offer in 100 words: an essay may name a price
_ONE_OFFER = 1.2  # in 100 words: a name of a sort in a short article
_FEW_OFFERS_OF_NOBODY = 2  # in 100 words of a long article that addresses nobody: prices and tariffs are news
_MOST_ADDRESS = 3  # «обратите внимание», «в наши дни»: an encyclopaedia may
_MOST_OF_MINE = 2
_FEWEST_PRAISES = 5
_LEAST_PRAISE = 0.008  # of all words
_FEWEST_WORDS_OF_AN_ESSAY = 400
_WORDS_TO_A_WE = 50
_FEW_OFFERS_OF_AN_ESSAY = 0.5  # in 100 words
_FEWEST_STEPS = 4
_LEAST_STEPS = 0.035  # of all words: imperatives of a manual
_MOST_OF_OURS = 2  # in a manual
_FEWEST_TAUGHT = 5
_FEWEST_TAUGHT_LOUDLY = 8
_LEAST_TAUGHT = 0.02  # of all words
_ENOUGH_TAUGHT = 15


def is_reference(speech: Speech) -> bool:
    """Whether a text that raises no voice is one of these."""
    if _is_official(speech) or (_is_unaddressed(speech) and not _is_praising(speech)):
        return True
    return speech.offered <= _FEW_OFFERS and (_is_manual(speech) or is_lesson(speech))


def _is_official(speech: Speech) -> bool:
    """A contract, a law, minutes; or an office that explains its order to «Вы» and never says «мы»."""
    terms, voice = speech.count_different("law"), speech.voice
    if speech.courtesies:
        return terms >= _FEWEST_OFFICE_TERMS and speech.offered <= _FEW_OFFERS and not voice.ours
    return terms >= _FEWEST_TERMS + 2 * (voice.calls + voice.ours + voice.thou)


def _is_unaddressed(speech: Speech) -> bool:
    voice = speech.voice
    address = voice.calls + voice.ours + voice.thou
    if address + voice.mine == 0:
        return speech.offered <= (_FEW_OFFERS_OF_NOBODY if voice.words > WORDS_OF_A_CRY else _ONE_OFFER)
    if _is_essay(voice):
        return speech.offered <= _FEW_OFFERS_OF_AN_ESSAY
    quiet = not speech.courtesies and address <= _MOST_ADDRESS and voice.mine <= _MOST_OF_MINE
    return quiet and speech.offered <= (_FEW_SIGNS if voice.words > WORDS_OF_A_CRY else 0)


def _is_praising(speech: Speech) -> bool:
    """An advertisement may address nobody and name no price: its praise shows it."""
    return speech.count_different("praise") >= max(_FEWEST_PRAISES, _LEAST_PRAISE * speech.voice.words)


def _is_essay(voice: Voice) -> bool:
    """Who thinks aloud on some pages: «мы не знаем, остановится ли потепление» speaks for all men."""
    if voice.words < _FEWEST_WORDS_OF_AN_ESSAY or voice.calls or voice.thou or voice.mine > _MOST_OF_MINE:
        return False
    return voice.ours > _MOST_ADDRESS and voice.ours * _WORDS_TO_A_WE <= voice.words


def _is_manual(speech: Speech) -> bool:
    voice = speech.voice
    steps = voice.imperatives >= max(_FEWEST_STEPS, _LEAST_STEPS * voice.words) or _is_of_steps(speech)
    return steps and speech.courtesies <= 1 and voice.ours <= _MOST_OF_OURS


def _is_of_steps(speech: Speech) -> bool:
    """«Промойте, томите»: steps that name no reader, of whatever form the dictionary takes them for."""
    voice = speech.voice
    steps = voice.calls >= max(_FEWEST_STEPS, 2 * _LEAST_STEPS * voice.words) and voice.imperatives > 0
    return steps and speech.offered <= 1 and not speech.has("calls", 1)


def is_lesson(speech: Speech) -> bool:
    """Whether the text teaches a trade or a science; a voice that is raised must teach more."""
    fewest = _FEWEST_TAUGHT_LOUDLY if speech.is_loud else _FEWEST_TAUGHT
    needed = max(fewest, min(_LEAST_TAUGHT * speech.voice.words, _ENOUGH_TAUGHT))
    return not speech.courtesies and speech.count_different("study") >= needed
