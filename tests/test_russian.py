"""Words: norms, tokens, readings, word forms."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymorphy3 import MorphAnalyzer
from pymorphy3_dicts_ru import get_path

from vipcopy.russian import (
    LazyTokens,
    find_norms,
    find_tokens,
    find_words,
    find_written,
    inflect,
    is_emoji,
    is_grammeme,
    is_known,
    is_number,
    is_punctuation,
    is_word,
    known_readings,
    norm,
    norms,
    readings,
    word_forms,
    write_lines,
)
from vipcopy.russian.analyzer import build_analyzer

NORMS = {
    "capitals": ("СКИДКА", "скидка"),
    "yo": ("Ёлочный", "елочный"),
    "acute stress": ("за\u0301мок", "замок"),
    "grave stress": ("за\u0300мок", "замок"),
    "composed grave": ("вс\u0450", "все"),
    "short i stays": ("и\u0306од", "йод"),
    "decomposed yo": ("е\u0308лка", "елка"),
    "struck through": ("с\u0336к\u0336и\u0336д\u0336к\u0336а", "скидка"),
    "soft hyphen": ("рас\u00adпродажа", "распродажа"),
    "zero width": ("ски\u200bдка", "скидка"),
    "latin letters inside": ("cкидкa", "скидка"),
    "latin capitals inside": ("CKИДKA", "скидка"),
    "ukrainian i": ("скiдка", "скидка"),
    "cyrillic letters inside latin": ("sаle", "sale"),
    "both scripts by right": ("PRщик", "prщик"),
    "latin stays": ("Cartier", "cartier"),
    "accent stays in latin": ("Café", "café"),
    "each side of a hyphen by itself": ("VIP-клиентами", "vip-клиентами"),
    "non-breaking hyphen": ("бизнес\u2011класс", "бизнес-класс"),
    "stretched to one": ("скиииидка", "скидка"),
    "stretched at the start": ("ооочень", "очень"),
    "stretched to two": ("длиннный", "длинный"),
    "stretched twice": ("ваааауууу", "вау"),
    "three letters by right": ("длинношеее", "длинношеее"),
    "abbreviation": ("ООО", "ооо"),
    "stretched but unknown": ("брррымц", "брымц"),
    "digit for a letter": ("ск1дка", "скидка"),
    "digit at the start": ("6есплатно", "бесплатно"),
    "at sign": ("беспл@тно", "бесплатно"),
    "number at a word": ("8раз", "8раз"),
    "digit in a word nobody knows": ("брым3ц", "брым3ц"),
    "name of a model": ("А380", "а380"),
    "ordinal": ("5-й", "5-й"),
    "letter-spaced": ("с к и д к а", "скидка"),
    "letter-spaced by non-breaking spaces": ("с\u00a0к\u00a0и\u00a0д\u00a0к\u00a0а", "скидка"),
    "letter-spaced by hyphens": ("с-к-и-д-к-а", "скидка"),
    "letter-spaced by dots": ("с.к.и.д.к.а", "скидка"),
    "spaced conjunctions": ("я и о в", "я и о в"),
    "apostrophe": ("д’Артаньян", "д'артаньян"),
}

TOKENS = {  # text: tokens, each as norm
    "Цена 4 850 000 ₽, с\u00a0НДС": "цена|4 850 000|₽|,|с|ндс",
    "от 1,5 до 2.5 м²": "от|1,5|до|2.5|м2",
    "в 11:00, 12.03.2026": "в|11:00|,|12.03.2026",
    "24/7 и/или": "24/7|и|/|или",
    "№1, -30% и 30 %": "№|1|,|—|30|%|и|30|%",
    "10:00-19:00, 2–3": "10:00|—|19:00|,|2|—|3",
    "50тыс. 31.12.2026г.": "50|тыс|.|31.12.2026|г|.",
    "+7 495 123-45-67!": "+7 495 123-45-67|!",
    "8 (800) 555-35-35": "8 (800) 555-35-35",
    "5711/1A, АБ-1204, 3D": "5711/1a|,|аб-1204|,|3d",
    "5-й, 1920-м, 2-местный": "5-й|,|1920-м|,|2-местный|2|местный",
    "Ждём!!! Как?! Так...": "ждем|!|как|?|!|так|…",
    "Ждём… Да — нет": "ждем|…|да|—|нет",
    '«Аврора» и "Мир"': "аврора|и|мир",
    "**важно** и _тоже_": "важно|и|тоже",
    "супер-цена": "супер-цена|супер|цена",
    "VIP-клиентами": "vip-клиентами|vip|клиентами",
    "по-русски, кто-то, бизнес-класс": "по-русски|,|кто-то|,|бизнес-класс",
    "https://site.ru/a?b=1, www.site.ru.": "https://site.ru/a?b=1|,|www.site.ru|.",
    "vip@site.ru и site.ru/цены": "vip@site.ru|и|site.ru/цены",
    "http://localhost:3000 и цены": "http://localhost:3000|и|цены",
    "@account, @кция": "@account|,|акция",
    "Жанна д’Арк": "жанна|д'арк",
    "ура🎉🎉 1️⃣ первое": "ура|🎉🎉|1️⃣|первое",
    "С К И Д К И   Д Н Я": "скидки|дня",
    "с к и д к и": "скидки",
    "и с к и д к и": "и|скидки",
    "б е с п л а т н о д о с т а в и м": "бесплатно|доставим",
    "S A L E": "sale",
    "я и о в": "я|и|о|в",
    "A B C D": "a|b|c|d",
    "А. И. Петров": "а|.|и|.|петров",
    "с\x00лово\ud800": "с|лово",
    "#акция": "#|акция",
}


@pytest.mark.parametrize(("word", "folded"), NORMS.values(), ids=NORMS)
def test_norm_takes_the_disguise_off_a_word(word: str, folded: str) -> None:
    assert norm(word) == folded


@pytest.mark.parametrize(("text", "norms"), TOKENS.items())
def test_text_is_cut_into_tokens(text: str, norms: str) -> None:
    assert "|".join(token.norm for token in find_tokens(text)) == norms


@pytest.mark.parametrize("text", [*TOKENS, *(written for written, _ in NORMS.values())])
def test_words_told_at_a_glance_are_those_of_the_tokens(text: str) -> None:
    assert_told_alike(text)


@given(
    st.lists(
        st.sampled_from([*TOKENS, "Вы", "дом", " ", "-", ".", ":", "/", "5", "a", "ё", "\u00a0", "\n"]), max_size=8
    )
)
def test_words_of_any_mixture_are_those_of_its_tokens(parts: list[str]) -> None:
    assert_told_alike("".join(parts))


def assert_told_alike(text: str) -> None:
    told = LazyTokens(text, 0, len(text))
    cut = find_tokens(text)
    assert find_written(told) == find_written(cut)
    assert find_norms(told) >= {token.norm for token in find_words(cut)}
    assert told == cut


KINDS = {"слово": is_word, "5-й": is_word, "3D": is_word, "30": is_number, "+7 495 123-45-67": is_number}
KINDS |= {"11:00": is_number, "!!!": is_punctuation, "%": is_punctuation, "—": is_punctuation}
KINDS |= {"🎉": is_emoji, "1️⃣": is_emoji, "❤️‍🔥": is_emoji, "$кидка": is_word, "©": is_punctuation}


@pytest.mark.parametrize(("written", "kind"), KINDS.items(), ids=KINDS)
def test_a_token_is_of_one_kind(written: str, kind: object) -> None:
    token = find_tokens(written)[0]
    assert [test for test in (is_word, is_number, is_punctuation, is_emoji) if test(token)] == [kind]


def test_a_letter_spaced_word_is_one_token_in_its_place() -> None:
    text = "Большая с\u00a0к\u00a0и\u00a0д\u00a0к\u00a0а ждёт"
    token = find_tokens(text)[1]
    assert (text[token.start : token.stop], token.text) == ("с\u00a0к\u00a0и\u00a0д\u00a0к\u00a0а",) * 2


def test_spaced_letters_that_make_no_words_at_last_are_split_in_bounded_work(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(norms, "is_known", lambda word: asked.append(word) or is_known(word))
    assert norms.join_spaced("с л о н " * 7 + "ъ ь ъ ь") == ()
    assert len(asked) < 32 * 32  # letters


def test_a_compound_stands_before_its_parts() -> None:
    whole, first, second = find_tokens("супер-цена")
    assert (whole.start, whole.stop, first.start, second.stop) == (0, 10, 0, 10)


def test_tokens_of_a_stretch_keep_offsets_of_the_text() -> None:
    text = "Мы рады. Мы ждём."
    assert [token.start for token in find_tokens(text, 9, 16)] == [9, 12]


@pytest.mark.parametrize(
    ("word", "lemma", "grams"),
    [
        ("скидками", "скидка", {"NOUN", "ablt", "plur"}),
        ("елка", "елка", {"NOUN", "nomn"}),
        ("лучшими", "хороший", {"ADJF", "Supr"}),
        ("чаю", "чай", {"gen2", "gent"}),
        ("скидон", "скидон", {"NOUN"}),
        ("vip", "vip", {"LATN"}),
    ],
)
def test_readings_hold_lemma_and_grammemes(word: str, lemma: str, grams: set[str]) -> None:
    assert any(reading.lemma == lemma and grams <= reading.grams for reading in readings(word))


@pytest.mark.parametrize("word", ["", "30", "\ud800", "\x00", "—", "🎉", "а" * 1000])
def test_what_is_no_word_has_no_reading_and_is_unknown(word: str) -> None:
    assert (readings(word), is_known(word)) == ((), False)


def test_the_likeliest_reading_comes_first() -> None:
    assert readings("стали")[0].lemma == "стать"


@pytest.mark.parametrize(
    ("lemma", "present", "absent"),
    [
        ("скидка", {"скидка", "скидками", "скидок"}, {"скида"}),
        ("ёлка", {"елка", "елками"}, {"ёлка"}),
        ("хороший", {"хороший", "лучше", "лучшими", "хорош"}, {"плохой"}),
        ("дарить", {"дарим", "дарите", "дари", "даря"}, {"подарим"}),
        ("скидон", {"скидон", "скидоны", "скидонами"}, {"скидка"}),
        ("кешбэк", {"кешбэк", "кешбэка"}, {"кэш"}),
    ],
)
def test_word_forms_are_those_of_the_lemma(lemma: str, present: set[str], absent: set[str]) -> None:
    forms = word_forms(lemma)
    assert (present - forms, absent & forms) == (set(), set())


@pytest.mark.parametrize("word", ["лучший", "скидками", "ждём", "30", ""])
def test_what_is_no_dictionary_form_has_no_word_forms(word: str) -> None:
    assert word_forms(word) == frozenset()


@pytest.mark.parametrize(
    ("word", "grams", "form"),
    [
        ("скидка", {"ablt"}, "скидкой"),
        ("Скидка", {"plur", "gent"}, "Скидок"),
        ("ждать", {"1per", "plur"}, "ждём"),
        ("очень", {"plur"}, None),
        ("30", {"plur"}, None),
    ],
)
def test_inflect(word: str, grams: set[str], form: str | None) -> None:
    assert inflect(word, grams) == form


def test_grammemes_are_those_of_opencorpora() -> None:
    assert [is_grammeme(gram) for gram in ("NOUN", "gent", "VERBB")] == [True, True, False]


NEW = ("лакшери", "глэмпингом", "суперскидочка", "некотиковый", "по-лакшерному", "айти-джунглями", "кое-чей", "стол")


def test_new_words_are_read_as_by_the_analyser_that_reads_the_dictionary_itself() -> None:
    ours, theirs = (
        [
            (each.word, str(each.tag), each.normal_form, each.score, *(form.word for form in each.lexeme))
            for word in NEW
            for each in analyzer.parse(word)
        ]
        for analyzer in (build_analyzer(), MorphAnalyzer(get_path()))
    )
    assert ours == theirs != []


def test_importing_loads_no_dictionary() -> None:
    code = "import sys, vipcopy.russian, vipcopy.regions; print({'pymorphy3', 'razdel'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


TRICKY = st.text(
    st.one_of(
        st.sampled_from("абвёйиАЁсa0o.,!?-–—«»\"' \u00a0\n\t\u0301\u00ad\u200b🎉1️⃣@$/%:№*_|"),
        st.characters(),
        st.sampled_from("\x00\ud800\udfff\ufe0f\u200d"),
    ),
    max_size=60,
)


@settings(max_examples=200, deadline=None)
@given(TRICKY)
def test_any_text_is_cut_without_moving_an_offset(text: str) -> None:
    tokens = find_tokens(text)
    assert all(text[token.start : token.stop] == token.text and token.text and token.norm for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


@settings(max_examples=200, deadline=None)
@given(TRICKY)
def test_every_letter_is_in_a_token(text: str) -> None:
    held = {at for token in find_tokens(text) for at in range(token.start, token.stop)}
    assert not [letter for at, letter in enumerate(text) if letter.isalnum() and at not in held]


@settings(max_examples=200, deadline=None)
@given(TRICKY)
def test_norm_of_any_text_is_lower_case_without_yo(text: str) -> None:
    assert "ё" not in norm(text)
    assert norm(text.upper()) == norm(text.upper()).lower()  # «🅐» is upper case and has no lower


OPENED = """
import sys
opened = []
sys.addaudithook(lambda event, told: opened.append(str(told[0])) if event == "open" else None)
from vipcopy.model import Reading
from vipcopy.russian import preload_readings, known_readings
preload_readings({lines})
print([known_readings(norm) for norm in {norms}] == {readings}, any("gramtab" in file for file in opened))
"""


@pytest.mark.parametrize(("norms", "asks"), [(["стали", "замок", "наверное"], False), (["стали", "берилл"], True)])
def test_readings_that_were_written_down_are_known_without_the_dictionary(norms, asks):
    lines = write_lines(["стали", "замок", "наверное", "щщщ"])
    script = OPENED.format(lines=lines, norms=norms, readings=[known_readings(norm) for norm in norms])
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True", str(asks)]


@given(st.text(alphabet="абвеиклмнорстуя-", min_size=1, max_size=8))
def test_what_the_dictionary_has_comes_back_from_its_line(word):
    lines = write_lines([word])
    assert bool(lines) is bool(known_readings(word)) and set(lines) <= {word}
