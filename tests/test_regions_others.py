"""Regions of others' words that only the layout tells: verse, interviews, plays, messages that an article shows.

And what looks like them and is the firm's own voice all the same: slogans in short lines, rhymes that sell, questions
and answers of a landing page.
"""

from __future__ import annotations

import re
from pathlib import Path
from time import perf_counter

import pytest

import vipcopy
from vipcopy.regions import read_prose
from vipcopy.regions.verse import find_verse
from vipcopy.russian import find_blocks, find_sentences

REGISTERS = frozenset({"story", "report", "reference", "talk", "chronicle", "business"})
STANZA = """\
Ты ушла, и за рекою
Догорел последний свет.
Я накрыл огонь рукою,
Но тебя со мною нет."""
ESSAY = (
    "Сборник Петра Ладогина вышел осенью в Вологде тиражом триста экземпляров. Автор работал на почте, писал по ночам "
    "и долго никому не показывал тетрадей. Стихи его негромкие, часто о севере, о воде и о разлуке. Вот что он пишет "
    "в первой части:"
)
AFTER = (
    "Рифма здесь простая, почти школьная, но интонация своя. Критики спорили о книге до весны, потом замолчали. "
    "Второй сборник лежит в столе."
)
POEM = f"""\
{STANZA}

Ветер ходит по болоту,
Ветер треплет старый стог.
Кто-то ищет позолоту,
Кто-то ищет свой порог.

Ты спроси меня, зачем же
Я остался здесь один.
Снег теперь идёт всё реже,
Тает под рукою дым.

Только лодка у причала,
Только месяц за окном.
Если ты начнёшь сначала,
Постучись в знакомый дом."""
VERSES = {
    "a stanza in an essay": f"{ESSAY}\n⟦{STANZA}⟧\n{AFTER}",
    "a stanza between blank lines": f"{ESSAY}\n\n⟦{STANZA}⟧\n\n{AFTER}",
    "lines that a column broke": f"{ESSAY}\n⟦{STANZA.replace(' со мною', chr(10) + 'со мною')}⟧\n{AFTER}",
    "a poem": f"⟦{POEM}⟧",
    "a stanza alone": STANZA,
    "an essay that sells": f"{ESSAY}\n{STANZA}\n{AFTER} Купите книгу со скидкой, доставка бесплатно. Цена 900 ₽.",
    "an essay to a client": f"{ESSAY}\n{STANZA}\n{AFTER} Для Вас отложен экземпляр.",
    "prose in short lines": f"{ESSAY}\nТихий двор и сад,\nДве террасы, пруд,\nЛодка, гамак,\nСтарый дуб.\n{AFTER}",
    "a list that rhymes": f"{ESSAY}\nВысокие потолки\nТолстые коврики\nПростые замки\nСтарые буфетики\n{AFTER}",
}


def quoted(text: str) -> str:
    """The text with marks around its quotations."""
    for region in reversed([region for region in read_prose(text, ()).regions if region.kind == "quote"]):
        text = f"{text[: region.start]}⟦{text[region.start : region.stop]}⟧{text[region.stop :]}"
    return text


def registers(text: str) -> frozenset[str]:
    return REGISTERS.intersection(region.kind for region in read_prose(text, ()).regions)


def plain(marked: str) -> str:
    return re.sub("[⟦⟧]", "", marked)


@pytest.mark.parametrize("marked", VERSES.values(), ids=VERSES)
def test_verse_is_quoted_where_nothing_is_sold(marked: str) -> None:
    assert quoted(plain(marked)) == marked


def test_a_poem_sells_as_soon_as_it_names_a_price() -> None:
    assert quoted(f"{POEM}\n\nЛодка стоит 900 рублей, продаём до субботы.").count("⟦") == 0


def test_what_a_poet_says_tells_nothing_of_the_essay() -> None:
    assert registers(f"{ESSAY}\n{STANZA}\n{AFTER}") == {"chronicle"}  # its «ты» is in the verse


def test_verse_is_sought_in_one_sweep() -> None:
    text = f"{ESSAY}\n\n" + f"{STANZA}\n\nТак писал он в тетради № 5.\n\n" * 16_000
    sentences = find_sentences(text, find_blocks(text))
    start = perf_counter()
    assert len(list(find_verse(text, sentences))) == 16_000
    assert perf_counter() - start < 15  # it takes a second; each sentence beside each verse, half a minute


ANSWERS = (
    "Я вырос в Архангельске и первую доску распилил в семь лет. Думаю, отец был недоволен, но я упрямый, я продолжал.",
    "Наверное, терпение. Я помню, как год ждал, пока высохнет лиственница, и я её всё равно испортил.",
    "Скорее всего, никак. Я пробовал чертить на экране, мне это не помогло, и я вернулся к карандашу.",
    "Это невероятный человек. Я приехал к нему на день, остался на три года и до сих пор ему пишу.",
    "Не знаю. Мне кажется, что лодки переживут нас всех, но я могу ошибаться, и пусть так и будет.",
)
QUESTIONS = (
    "Как вы пришли к лодкам?",
    "Что в этой работе труднее всего?",
    "Компьютер помогает?",
    "Расскажите о вашем учителе. Какой он?",
    "Что останется через сто лет?",
)
HEAD = (
    "Разговор с лодочником\n\nИван Поморцев строит карбасы на берегу Двины четвёртый десяток лет. Зимой он живёт в "
    "деревне, где осталось восемь домов, и топит печь обрезками. Мы сидели у него на кухне, пили чай с морошкой и "
    "говорили о дереве, о людях и о том, куда всё это плывёт. За окном лежал снег, на верстаке сохли вёсла."
)
TALK = "\n".join(
    f"— {question}\n{answer} А потом пришла весна, вода поднялась, и всё пошло своим порядком, как у всех на реке."
    for question, answer in zip(QUESTIONS, ANSWERS, strict=True)
)
UNASKED = "\n".join(
    f"– {answer} А потом пришла весна, и вода поднялась, и всё пошло своим порядком, как у всех людей на этой реке."
    for answer in (*ANSWERS, *ANSWERS[:2])
)
SCENE = """\
ЛИДА. Ты опять опоздал. (Отворачивается.)
КОСТЯ. Наверное, поезд стоял. Прости меня.
ЛИДА. Ты всегда так говоришь! (Садится к роялю.)
КОСТЯ. Сыграй что-нибудь. Пожалуйста.
ЛИДА. Не буду. Ты не слушаешь.
КОСТЯ. Слушаю. (Молчит.) Ты лучшая."""
FAQ = "\n".join(
    f"— {question}\n{answer}" for question, answer in zip(QUESTIONS, ["Приходите, мы покажем."] * 5, strict=True)
)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param(f"{HEAD}\n{TALK}", {"story"}, id="questions with dashes, answers without"),
        pytest.param(f"{HEAD}\n{UNASKED}", {"story"}, id="answers alone"),
        pytest.param(
            f"{HEAD}\n{TALK}".replace("\n— ", "\nКорреспондент: ").replace("?\n", "?\nПоморцев: "),
            {"story"},
            id="labels",
        ),
        pytest.param(f"Основатель верфи «Норд» о лодках. {HEAD}\n{TALK}", set(), id="the head of a firm speaks for it"),
        pytest.param("— Дорого?\n— Я бы сказала, немного.", set(), id="who says so himself is no narrator"),
        pytest.param(SCENE, {"story"}, id="a scene of a play"),
        pytest.param(f"{SCENE}\nДИКТОР. Салон «Соболь», распродажа до воскресенья.", set(), id="a scene that sells"),
        pytest.param(re.sub(r" \(.*?\)", "", SCENE), set(), id="a scene without directions may be a spot on the radio"),
    ],
)
def test_a_talk_of_others_is_a_story(text: str, kinds: set[str]) -> None:
    assert registers(text) == kinds


@pytest.mark.parametrize(
    "addition",
    [
        pytest.param("Для Вас мастер отложит карбас.", id="a courteous «Вы»"),
        pytest.param(
            "Компания продаёт лодки со скидкой, доставка бесплатно. Купить лодку можно в салоне, цена 900 рублей, "
            "менеджер примет заказ. Клиентам подарок.",
            id="an offer",
        ),
        pytest.param("Звоните. Приезжайте.", id="commands"),
    ],
)
def test_an_interview_that_turns_to_its_reader_is_the_firms(addition: str) -> None:
    assert "story" not in registers(f"{HEAD}\n{TALK}\n\n{addition}")


LANDING = """\
— Как долго чинят часы?
— Мастер справится мгновенно, и Вы будете довольны.
— Почему у вас дороже?
— Курс вырос, поэтому стоимость выше, зато мы лучшие."""
OWN_HEAD = """\
— Почему вы открыли салон?
— Я объехал Европу. Сегодня клиенты получают лучшее, и скидки им приятны.
— Что ждёт клиентов осенью?
— Я готовлю невероятную коллекцию. Мы предлагаем подарок каждому."""
CLUB = """\
— Вы давно знакомы с хозяином?
— Он строил нам печь, лучшую в уезде, и приглашал в гости.
— А с сыном?
— С сыном нет."""


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        pytest.param(LANDING, 0, id="a landing page answers its reader"),
        pytest.param(OWN_HEAD, 0, id="a head of a firm sells"),
        pytest.param(CLUB, 4, id="a talk about another"),
        pytest.param(f"Разговор с шефом ресторана «Сруб»\n{CLUB}", 2, id="who asks the head of a firm is another"),
    ],
)
def test_whose_answers_they_are(text: str, marks: int) -> None:
    assert quoted(text).count("⟦") == marks


NEWS = (
    "Сборная сыграла на новом стадионе, и болельщики заполнили трибуны задолго до начала встречи, хотя с утра шёл "
    "дождь, а поезда опаздывали. Мяч забил защитник, и соцсети отозвались сразу, на нескольких языках и без стеснения, "
    "как это бывает только после победы, которой давно не было и которой никто, кажется, уже не ждал от этой команды. "
    "Тренер говорил мало."
)
MESSAGE = "Это просто чудо!\n#сборная\npic.example.com/7OLEm4"
SIGNED = "— Ольга Ветрова (@vetrova)\n3 сентября 2017 г."


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(f"{NEWS}\n⟦{MESSAGE}\n⟧{SIGNED}\n{NEWS}", id="a message with its date"),
        pytest.param(f"{NEWS}\n⟦{NEWS}\n⟧Публикация от Ольга (@vetrova)\nАвг 13 2017 в 12:38\n{NEWS}", id="a long one"),
        pytest.param(f"{NEWS}\n⟦Ура!\n⟧{SIGNED}\n⟦Победа!\n⟧{SIGNED}", id="one under the other"),
        pytest.param(f"{NEWS}\n{MESSAGE}\n— Ольга Ветрова (@vetrova)\n{NEWS}", id="no date"),
        pytest.param(f"{NEWS}\n\n{SIGNED}\n{NEWS}", id="no message"),
        pytest.param(
            f"Салон продаёт платья, цена клиентам по душе.\n{MESSAGE}\n{SIGNED}", id="praise that a shop shows"
        ),
    ],
)
def test_a_message_that_an_article_shows_is_its_writers(marked: str) -> None:
    assert quoted(plain(marked)) == marked


OWN_VOICE = dict(
    part.split("\n", 1)
    for part in (Path(__file__).parent / "own_voice.txt")
    .read_text(encoding="utf-8")
    .removeprefix("=== ")
    .split("\n=== ")
)


@pytest.mark.parametrize("marked", OWN_VOICE.values(), ids=OWN_VOICE)
def test_short_lines_and_rhymes_of_a_firm_are_its_own_voice(marked: str) -> None:
    marks = [match.span() for match in re.finditer(r"⟦[^⟧]*⟧", marked)]
    spans = [(start - 2 * at, stop - 2 * at - 2) for at, (start, stop) in enumerate(marks)]
    findings = vipcopy.check(plain(marked)).findings
    missed = [
        plain(marked)[start:stop]
        for start, stop in spans
        if not any(finding.start < stop and start < finding.stop for finding in findings)
    ]
    assert spans and not missed
