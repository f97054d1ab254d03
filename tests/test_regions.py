"""Regions: what the text itself shows of its parts."""

from __future__ import annotations

import re
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vipcopy.model import Region
from vipcopy.packs.entries import REGIONS
from vipcopy.readers import read_document
from vipcopy.regions import read_prose
from vipcopy.regions.signs import read_signs
from vipcopy.regions.trades import count_terms, read_trades
from vipcopy.regions.voice import Voice, hear
from vipcopy.russian import find_sentences, readings, word_forms

BODY = "\n\nМы подготовили для Вас показ в четверг. Машину подадим к семи."

GREETINGS = [
    "⟦Уважаемая Анна Ивановна!⟧",
    "⟦Уважаемая Анна Ивановна,⟧",
    "⟦Дорогие друзья,⟧ мы открыли второй зал.",
    "⟦Дорогие наши гости!⟧",
    "⟦Уважаемые коллеги, партнёры и друзья!⟧",
    "⟦Уважаемый господин Шнайдер!⟧",
    "⟦Уважаемый владелец карты Aurum!⟧",
    "⟦Уважаемые дамы, уважаемые господа!⟧",
    "⟦Здравствуйте!⟧",
    "⟦Здравствуйте, Пётр!⟧ Мы открыли второй зал.",
    "⟦Здравствуйте, Пётр,⟧ мы открыли второй зал.",
    "⟦Здравствуйте,⟧ мы открыли второй зал.",
    "⟦Здравствуйте, уважаемый Пётр Ильич!⟧",
    "⟦Добрый день!⟧ ⟦Уважаемый Пётр Ильич!⟧",
    "⟦Добрый день, Анна.⟧",
    "⟦Приветствуем Вас, дорогой гость!⟧",
    "⟦Господин Петров,⟧ ваш столик готов.",
    "⟦Друзья!⟧",
    "⟦Дамы и господа!⟧",
    "⟦Анна Ивановна!⟧",
    "⟦Анна Ивановна, добрый день!⟧",
    "⟦Лена, Артём, добрый день!⟧",
    "⟦Анна,⟧ мы открыли второй зал.",
    "⟦Анна,⟧ приглашаем Вас на показ.",
    "⟦Анна,⟧ Вашу сумку привезут в среду.",
    "⟦Приветствуем, уважаемые гости!⟧",
    "⟦Вниманию владельца дачи!⟧",
    "⟦Hello, дорогие яхтсмены!⟧",
    "⟦Всем гостям клуба, здравствуйте!⟧",
    "⟦Уважаемый {{ name }}!⟧",
    "⟦Уважаемая {{first_name}},⟧ мы открыли второй зал.",
    "⟦Здравствуйте, *|FNAME|*!⟧",
    "⟦Здравствуйте, %%name%%!⟧",
    "⟦Дорогой #NAME#!⟧",
    "⟦[Имя], добрый день!⟧",
    "Показ часов\n\n⟦Уважаемая Анна Ивановна!⟧",
    "⟦Дорогие влюблённые!⟧",
    "⟦Уважаемые собравшиеся!⟧ Начинаем в семь.",
    "⟦Доброе утро, мои загорелые!⟧ Ночью пришли путёвки.",
    "Сообщения\n\n1. ⟦Уважаемый Пётр Ильич!⟧ Столик готов.\n2. ⟦Дорогие гости!⟧ Веранда открыта.",
    "4.03 ⟦Уважаемый абонент!⟧ Букет собран.",
    "⟦Привет, офис!⟧",
    "⟦Доброе утро, Петербург!⟧ Веранда открыта.",
    "⟦Hello, дорогие эйчары!⟧",
    "⟦Уважаемые HR!⟧",
    "⟦Хай, друзья!⟧",
    "⟦Салют, коллеги!⟧",
    "⟦Девочки, привет!⟧",
    "⟦Всем, кто любит часы, здравствуйте!⟧",
    "⟦Коллеги, добрый день!⟧",
    "⟦Всем привет, друзья!⟧",
    "⟦Привет всем!⟧",
    "⟦Вечер добрый, Анна!⟧",
    "⟦Привет, Аня 👋!⟧",
    "⟦Ещё раз здравствуйте, Анна Ивановна!⟧",
    "⟦И снова добрый день, Пётр!⟧ Мы открыли второй зал.",
    "⟦Снова здравствуйте!⟧",
    "⟦Ну, здравствуйте, Анна!⟧",
    "⟦И ещё раз добрый вечер, уважаемый Пётр Ильич!⟧",
    "⟦Анна Ивановна, добрый день, здравствуйте!⟧",
    "⟦Добрый день, здравствуйте, Анна Ивановна!⟧",
]
NO_GREETINGS = [
    "Дорогие часы стоят своих денег.",
    "Дорогие часы!",
    "Дорогие и тяжёлые, они стоят своих денег!",
    "• Дорогие часы стоят своих денег!",
    "• Столик готов!",
    "Дорогая мебель, ковры и картины ждут хозяина.",
    "Уважаемый мастер собрал этот механизм.",
    "Добрый день начинается с кофе.",
    "Друзья советуют нас друзьям.",
    "Анна, Мария и Пётр открыли мастерскую.",
    "Господин Петров основал дом в 1912 году.",
    "Здравствуйте и процветайте вместе с нами сто лет.",
    "Салют над яхтой!",
    "Здорово!",
    "Привет из Ниццы привёз наш байер!",
    "Скидки и подарки, привет!",
    "И снова салют над яхтой!",
    "Ещё раз добрый день начинается с кофе.",
    "Итак, дорогие часы стоят своих денег.",
]
QUOTATIONS = [
    ("title", "Вилла ⟦«Аврора»⟧ ждёт."),
    ("title", "Картина ⟦«Чудо святого Георгия о змие»⟧ в зале."),
    ("title", "ООО ⟦«Пойдём»⟧ открыто."),
    ("title", 'Вилла ⟦"Аврора"⟧ ждёт.'),
    ("title", "Вилла ⟦„Аврора“⟧ ждёт."),
    ("title", "Вилла ⟦“Аврора”⟧ ждёт."),
    ("quote", "⟦«Приходите!»⟧ — сказала она."),
    ("quote", "Он писал: ⟦«Берег сам чище не станет. Приходите»⟧."),
    ("quote", "По его словам, дом ⟦«скорее всего, самый старый»⟧."),
    ("quote", 'Она сказала: ⟦"Мы ждём"⟧.'),
    ("quote", "В рассказе Чехова ⟦«Выигрышный билет»⟧ семья считает чужие деньги."),
    ("quote", "Роман ⟦„Лучший друг“⟧ вышел в мае."),
    ("title", "Роман ⟦„Лучший друг“⟧ вышел в мае."),
]
NO_QUOTATIONS = [
    'Экран 27" и ещё один 32".',
    "Вилла «Аврора ждёт.\n\nБассейн» открыт.",
    "Жанна д'Арк и д’Артаньян.",
    'Вилла "Аврора ждёт.\nБассейн" открыт.',
]


def found(text: str, kind: str) -> str:
    """The text with marks around the regions of this kind."""
    for region in reversed([region for region in read_prose(text, ()).regions if region.kind == kind]):
        text = f"{text[: region.start]}⟦{text[region.start : region.stop]}⟧{text[region.stop :]}"
    return text


def plain(marked: str) -> str:
    return re.sub("[⟦⟧]", "", marked)


@pytest.mark.parametrize("marked", GREETINGS)
def test_the_salutation_alone_is_the_greeting(marked: str) -> None:
    assert found(plain(marked) + BODY, "greeting") == marked + BODY


@pytest.mark.parametrize("text", NO_GREETINGS)
def test_no_salutation_no_greeting(text: str) -> None:
    assert found(text + BODY, "greeting") == text + BODY


def test_a_placeholder_of_the_reader_is_a_name() -> None:
    text = "Уважаемый <span>!" + BODY
    prose = read_prose(text, (Region("placeholder", 10, 16), Region("name", 10, 16)))
    assert [text[r.start : r.stop] for r in prose.regions if r.kind == "greeting"] == ["Уважаемый <span>!"]


@pytest.mark.parametrize(("kind", "marked"), QUOTATIONS)
def test_quotation_marks_hold_speech_or_a_name(kind: str, marked: str) -> None:
    assert found(plain(marked), kind) == marked


@pytest.mark.parametrize("text", NO_QUOTATIONS)
def test_marks_that_do_not_pair_in_a_paragraph_quote_nothing(text: str) -> None:
    assert not [region for region in read_prose(text, ()).regions if region.kind in ("quote", "title")]


def test_the_name_of_what_is_sold_is_nobody_elses_words() -> None:
    assert found("Серия платьев «Лучший друг» в салоне.", "quote") == "Серия платьев «Лучший друг» в салоне."


def test_a_name_inside_speech_is_found_too() -> None:
    text = "«Мы живём в „Авроре“ всё лето», — пишет она."
    assert [(r.kind, text[r.start : r.stop]) for r in read_prose(text, ()).regions if r.kind in ("quote", "title")] == [
        ("quote", "«Мы живём в „Авроре“ всё лето»"),
        ("title", "„Авроре“"),
    ]


HEADINGS = {
    "before text": "⟦О доме⟧\nДом стоит на берегу, до воды сто шагов.",
    "title and subtitle": "⟦О доме⟧\n⟦Сто шагов до воды⟧\nДом стоит на берегу.",
    "a question": "⟦Где стоит дом?⟧\n\nДом стоит на берегу.",
    "with a number": "⟦3. Порядок расчётов⟧\n3.1. Цена составляет 100 рублей.",
    "before a list": "⟦Что внутри⟧\n• вилла\n• бассейн",
    "with a final period": "О доме.\nДом стоит на берегу.",
    "nothing follows": "Дом стоит на берегу.\n\nПриходите завтра",
    "list items": "1. Вилла\n2. Бассейн\n\nДом стоит на берегу.",
    "lines of a poster": "⟦Цены на закате⟧\nТолько сегодня\nУспейте купить\nВсё для дачи\nЗвоните нам.",
    "signature": "Дом стоит на берегу.\n\nС уважением,\nАнна Крылова",
    "a line of a paragraph that ends by chance": "Ключи от квартиры передаст управляющий дома Сергей Орлов. Срочно!\n"
    "Последние апартаменты в доме на набережной, подъезд со двора,\nокна на реку.",
}
LISTS = {
    "bullets": "Внутри:\n⟦• вилла⟧\n⟦• бассейн⟧",
    "numbers": "⟦1. Вилла⟧\n⟦2. Бассейн⟧",
    "dashes": "Внутри:\n⟦— вилла⟧\n⟦— бассейн⟧",
    "talk": "— Вилла готова?\n— Готова, — сказал он.",
    "a question to the reader": "⟦— Вы не хотите потерять деньги?⟧\nЗвоните нам.",
    "a question behind advice": "⟦— Позвоните нам.⟧\n⟦— Устали?⟧\nЗвоните.",
    "a script": "Сценарий звонка\n⟦— Вы не хотите потерять деньги?⟧\n⟦— Тогда давайте оформим договор.⟧",
    "directions": "⟦— Вы не хотите потерять деньги?⟧\n⟦— Оформляем?⟧\n[если клиент молчит]\n⟦— Вы здесь?⟧",
}
TALKS = {
    "replies": "⟦— Вилла готова?⟧\n⟦— Готова, — сказал он.⟧",
    "an interview": "Разговор с архитектором\n⟦— Вилла готова?⟧\n⟦— Скорее всего, к маю.⟧",
    "told in a script": "Сценарий звонка\n⟦— Вилла готова?⟧\n⟦— Готова, — сказал он.⟧",
}
TABLES = {
    "bars": "⟦Вилла | 12 000\nДом | 9 000⟧\n\nЦены за ночь.",
    "tabs": "⟦Вилла\t12 000\nДом\t9 000⟧",
    "labels": "⟦Когда: 12 марта\nГде: дом на Пречистенке⟧\n\nЖдём Вас.",
    "prices": "⟦Чистка часов 3 500 ₽\nПолировка 1 200 ₽⟧\nГарантия год.",
    "one row": "Когда: 12 марта\n\nЖдём Вас.",
}
SIGNATURES = {
    "formula and name": "Мы ждём Вас.\n\n⟦С уважением,\nАнна Крылова⟧",
    "formula in one line": "Мы ждём Вас.\n⟦С глубоким уважением, Анна Крылова⟧",
    "yours": "Мы ждём Вас.\n\n⟦Ваш консьерж Илья⟧",
    "sincerely yours": "Мы ждём Вас.\n\n⟦Искренне Ваша\nАнна Крылова⟧",
    "post and name": "Мы ждём Вас.\n\n⟦Управляющий В. Н. Рыбин⟧",
    "postscript is outside": "Мы ждём Вас.\n\n⟦С уважением,\nАнна Крылова⟧\n\nP. S. Машину подадим.",
    "no signature": "Мы ждём Вас.\n\nВаши часы готовы.",
    "a sentence": "Мы ждём Вас.\n\nАнна Крылова покажет дом.",
}
QUESTIONS = {
    "question": "⟦Где дом?⟧ На берегу.",
    "in quotation marks": "⟦«Где дом?»⟧\n\nНа берегу.",
    "with a second mark": "⟦Где дом?!⟧ На берегу.",
    "a quoted question inside": "Она спросила: «Где дом?» — и ушла.",
}
SHOWN = {
    f"{kind}, {name}": (kind, marked)
    for kind, cases in {
        "heading": HEADINGS,
        "list": LISTS,
        "quote": TALKS,
        "table": TABLES,
        "signature": SIGNATURES,
        "question": QUESTIONS,
    }.items()
    for name, marked in cases.items()
}


@pytest.mark.parametrize(("kind", "marked"), SHOWN.values(), ids=SHOWN)
def test_the_text_shows_its_parts(kind: str, marked: str) -> None:
    assert found(plain(marked), kind) == marked


LETTER = """Показ часов

Уважаемая Анна Ивановна!

Первое предложение. Второе предложение. Третье предложение.

Четвёртое предложение. Пятое предложение.

С уважением,
Илья Петров"""


@pytest.mark.parametrize(
    ("kind", "first", "last"), [("opening", "Первое", "Второе"), ("closing", "Четвёртое", "Пятое")]
)
def test_the_letter_opens_and_closes_between_salutation_and_signature(kind: str, first: str, last: str) -> None:
    inside = [sentence for sentence in read_prose(LETTER, ()).sentences if kind in sentence.regions]
    assert [LETTER[s.start : s.stop].partition(" ")[0] for s in inside] == [first, last]


def test_a_sentence_knows_the_regions_that_hold_all_its_words() -> None:
    text = "Он писал: «Я жду. Берег чист». Мы пришли."
    assert ["quote" in sentence.regions for sentence in read_prose(text, ()).sentences] == [False, True, False]


@pytest.mark.parametrize("text", ['"' * 120_000, "\n" * 120_000 + "Часы"], ids=["marks", "empty lines"])
def test_signs_without_words_are_read_in_time(text: str) -> None:
    start = perf_counter()
    read_prose(text, ())
    assert perf_counter() - start < 20  # it takes a second; the square of it takes minutes


def test_regions_of_the_reader_stay() -> None:
    subject = Region("subject", 0, 12)
    prose = read_prose("Тема письма.\n\nМы ждём.", (subject,))
    assert subject in prose.regions and "subject" in prose.sentences[0].regions


PIECES = ["Уважаемая ", "Анна ", "Здравствуйте", "!", ", ", "\n", "\n\n", "«", "»", '"', "— ", "• ", "1. ", "\t", "|"]
PIECES += ["мы ждём", "Дом", "?", ".", "С уважением,", "{{ name }}", "🎉", "\ud800", "\x00", " 3 500 ₽", ": "]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_regions_of_any_text_lie_inside_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    prose = read_prose(text, ())
    assert all(0 <= region.start < region.stop <= len(text) for region in prose.regions)
    assert {kind for sentence in prose.sentences for kind in sentence.regions} <= {r.kind for r in prose.regions}


STORY = "— Пора, — сказал Пётр.\n\n— Куда ты?\n\nОн, пожалуй, опоздал."
REPORT = "Министр заявил, что мост закроют. Это самый старый мост."
LICHEN = (
    "Лишайник растёт на камне очень медленно: за год прибавляет около миллиметра. Тело его состоит из гриба и "
    "водоросли, и граница между ними, вероятно, подвижна. Самые старые подушки в тундре датируют первым тысячелетием. "
    "Олени едят их зимой, выкапывая из-под снега, а птицы уносят в гнёзда. Дым и кислый дождь губят слоевище."
)
TERMS = (
    "2.1. Арендатор обязан вносить плату полностью и до пятого числа. 2.2. Арендодатель вправе расторгнуть договор, "
    "письменно уведомив сторону за тридцать дней. 2.3. Неустойка составляет 500 рублей за каждый день просрочки. "
    "2.4. Возврат залога осуществляется после осмотра помещения и подписания акта. 2.5. Скидки и рассрочки "
    "устанавливаются отдельным приложением."
)
MANUAL = (
    "Отключите насос от сети и дождитесь полной остановки вала. Снимите крышку, выньте сальник и промойте его "
    "керосином. Проверьте зазор щупом: возможно, потребуется прокладка. Соберите узел в обратном порядке, залейте "
    "масло до риски и оставьте на час. Не затягивайте болты до упора, иначе корпус треснет."
)
OFFICE = (
    "Для визы нужны анкета, фотография и паспорт, срок действия которого истекает не ранее чем через три месяца. "
    "Документы подаются лично. Рассмотрение занимает до пятнадцати дней, отказ можно обжаловать. Вы обязаны сообщить "
    "об изменении дат. Если Вы едете по приглашению, приложите справку с работы и согласие второго родителя."
)
LESSON = (
    "Функция принимает два аргумента и возвращает массив. Если мы хотим изменить объект, лучше передать его копию: "
    "переменная хранит только ссылку. Вызовем метод с пустой строкой и посмотрим, что скажет консоль. Скорее всего, "
    "браузер покажет ошибку, ведь параметр обязателен и по умолчанию ничему не равен."
)
CHAT = (
    "Всем привет с девятого. Третий день нет горячей воды, в диспетчерской сказали ждать. Может, у кого есть телефон "
    "слесаря? Нормальный был мужик, сделал за час, цена тысяча рублей. Ещё кто-то ставит коляску поперёк прохода, "
    "уберите. Собрание, похоже, перенесли. Кто знает, когда?"
)
FORUM = (
    "Народ, у меня третий день гудит котёл. Фильтр чистый, вода свежая, вроде не течёт, но давление всё равно "
    "скачет от одного до двух. Наверное, мембрана. Сосед советует менять бак, а мне кажется, что дело в клапане. "
    "Кто знает, чем это лечат? Завтра попробую снять кожух и посмотреть."
)
COLUMN = "Осенью он продал завод, уехал в Вену и снимал угол. "
TALE = (
    "Мать сняла платок и долго смотрела в окно. Ты ведь помнишь, как отец строил этот мост? Он торопился, пилил до "
    "ночи и сломал два топора. Теперь мост снесли."
)
HOME = (
    "Дорогая Зоя, спасибо за посылку. Ты спрашиваешь, как огород: зарос, пиши чаще. Помнишь реку? Она ушла. Твой дед."
)
DESK = (
    "Коллеги, добрый день. Таблицу за май положил на диск, протокол там же. Если цифры сойдутся, завтра закрою задачу."
)
LEAFLET = (
    "Препарат назначают взрослым при мигрени. Таблетку глотают целиком, вторую дозу принимают не ранее чем через два "
    "часа. Вы должны предупредить врача, если у Вас была аллергия. Возможны тошнота и сыпь, при передозировке "
    "промывают желудок и вызывают скорую. Побочные действия перечислены на обороте. Беременным лекарство "
    "противопоказано, детям до двенадцати лет тоже. Суточную дозировку увеличивать нельзя. В поликлинике его "
    "выдают бесплатно."
)
VACANCY = (
    "Вакансия: слесарь в цех реставрации. Обязанности: инвентаризация остатков, учёт недостач. Оклад 90 000 рублей, "
    "аванс 20 числа, обед бесплатный, больничный оплачивается. Кандидат предъявляет диплом, испытательный срок три "
    "месяца. Собеседования ведёт отдел кадров по средам, наставник назначается в первый день. Спецодежду и инструмент "
    "получают под расписку у кладовщика."
)
OF_HERSELF = (
    "Дорогая Зоя Львовна! Я доехала к ночи, я устала и сразу легла. Мне снился Ваш сад. Утром я топила печь, читала и "
    "наверное простыла. Меня навестила соседка, мне принесли яблок даром. Обнимаю Вас."
)
FRIEND = (
    "Здорово, бродяга! Получил твоё письмо в среду и смеялся на весь вагон. У нас льёт, рыбалка пропала, лодку я "
    "вытащил и перевернул! Жена передаёт тебе банку грибов. Помнишь, как мы в общаге меняли талоны на макароны? Теперь "
    "такие дают бесплатно. Приезжай, диван твой."
)
FELLOW = (
    "Слав, глянь мой запрос в третьей версии. Я поменял индекс, время упало вдвое, но тест на сервере ругается. Может "
    "быть, дело в кодировке. У тебя в ветке это чинилось? Скидку в корзине считаем по-старому, новый алгоритм включим "
    "после релиза. Если не успеешь, скажи, я попрошу Нину."
)
REPLY = (
    "Уважаемый Степан Игнатьевич! На Ваше заявление о протечке сообщаем: бригада осмотрела чердак 9 июня, составлен "
    "акт. Листы над третьим подъездом закреплены. Потолок побелит бесплатно подрядчик, срок до 1 июля. Мастер участка "
    "придёт по графику. Документы на возмещение примет бухгалтерия. Приносим извинения, начальник участка Зыкин."
)
NOTICE = (
    "Здравствуйте, Алла Павловна! Высылаю накладную и счёт-фактуру. В прошлой поставке у Вас недосчитались двух "
    "коробок, они едут этой машиной. Скидку по договору я вычла сразу. Если бухгалтерия потребует новый счёт, сделаю "
    "за час. Сверку мы не закрыли: нет Вашей подписи на второй странице. Менеджер отдела сбыта Кира."
)
STEPS = (
    "Капусту лучше брать бочковую; если она резкая, промойте, но один раз. Сложите в чугунок, добавьте ложку масла и "
    "томите три часа. Грудинка подойдёт любая: нужны кость и жир. Варите её отдельно, снимайте пену. Соедините, "
    "посолите. Лук положите целым. Через сутки на холоде суп становится гуще."
)
ESTATE = (
    "Клубный дом стоит в тихом переулке, и холл решён как гостиная старого особняка: камин, рояль, библиотека. Потолки "
    "расписывали лучшие мастера. Свет здесь мягкий, незабываемый, двор похож на сказочный сад. Терраса на крыше "
    "открывает невероятный вид. Журналы называют дом шедевром. Осталось два этажа, и желающих больше, чем ключей."
)
THOUGHTS = (
    "Лёд тает, и реки несут его к морю быстрее, чем век назад. Мы не знаем, остановится ли потепление: возможно, "
    "ответ даст только керн из глубины щита. Спутник измеряет толщину покрова, буй слушает течение, модель складывает "
    "одно с другим и ошибается. Скорее всего, ошибка прячется в облаках. Капля отражает свет иначе, чем кристалл, и "
    "никакая сетка этого не видит. Вода под щитом течёт в темноте, находит трещины, размывает ложе. Дно поднимается "
    "на сантиметр в год, освобождаясь от тяжести. Рыба уходит к полюсу, вслед за рыбой идут киты, за китами корабли. "
    "Мох занимает камни, по мху ступает олень. Всё это длится дольше человеческой жизни. "
)
TARIFFS = (
    "Котельные на угле дают области тепло, а стоимость его растёт. Ветер над проливом ровный, и сеть принимает энергию "
    "без накопителей. Турбины ставят на отмели, подальше от путей птиц. Пересчёт по новой методике снижает расход "
    "топлива вдвое, выбросы падают ещё сильнее. Запас мощности остаётся на морозные недели. Порт переходит на "
    "береговое питание, буксиры заряжаются ночью. Скорее всего, к весне заработает вторая линия. "
)
ANSWER = "Не знаю точно: у меня стоит другой насос. Я бы проверил клапан, мне это помогло, но, может быть, дело в баке."


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param(TALE, {"chronicle"}, id="in a tale «ты» is somebody in it"),
        pytest.param(HOME, {"talk"}, id="a letter home"),
        pytest.param(f"{HOME} #реклама", set(), id="a letter that is marked as advertising"),
        pytest.param(OF_HERSELF, {"talk"}, id="a letter of herself, however courteous"),
        pytest.param(f"{OF_HERSELF} Мы ждём Вас к чаю.", set(), id="«мы» may be a house that invites"),
        pytest.param(DESK, {"talk"}, id="a word to the office"),
        pytest.param(f"{DESK} Предлагаем скидку.", set(), id="an office that offers writes to clients"),
        pytest.param(ANSWER, {"talk"}, id="an answer to a stranger"),
        pytest.param(FRIEND, {"talk"}, id="a friend may cry out"),
        pytest.param(f"{FRIEND} 🎉", {"chronicle"}, id="a friend who writes by hand draws no emoji"),
        pytest.param(FELLOW, {"talk"}, id="a fellow speaks of work"),
        pytest.param(f"{FELLOW} Вы увидите: цены вас удивят, мы ждём вас!", set(), id="a fellow is not «вы»"),
        pytest.param(REPLY, {"business"}, id="an answer to a request"),
        pytest.param(f"{REPLY} Спешите!", set(), id="an office raises no voice"),
        pytest.param(
            f"{REPLY} Предлагаем персональный показ коллекции, подарок гостям и эксклюзивные скидки.",
            set(),
            id="an office that also sells",
        ),
        pytest.param(NOTICE, {"business"}, id="an invoice"),
        pytest.param(STEPS, {"reference"}, id="steps of a recipe, of whatever form"),
        pytest.param(f"Дорогая редакция! {ANSWER}", {"talk"}, id="the mark behind a salutation raises no voice"),
        pytest.param(STORY, {"story"}, id="people talk"),
        pytest.param(REPORT, {"report"}, id="a newspaper retells"),
        pytest.param(f"{REPORT} Ваш водитель знает объезд.", set(), id="a report never addresses its reader"),
        pytest.param(f"{REPORT} Звоните до пяти.", set(), id="nor calls for action"),
        pytest.param("— Пора, — сказал Пётр.", set(), id="one reply is no story"),
        pytest.param(f"{STORY} Салон, где его ждут: платья со скидкой.", set(), id="a story that sells is made up"),
        pytest.param("Мост построен в 1902 году.", set(), id="a fact without a source is no report"),
        pytest.param("Весной он уехал в Вену, учился там и снимал угол. Вернулся зимой.", {"chronicle"}, id="what was"),
        pytest.param(
            f"{COLUMN * 80}Как вы думаете?", {"chronicle"}, id="a newspaper column turns to its reader once on a page"
        ),
        pytest.param(f"{COLUMN * 4}Как вы думаете?", {"reference"}, id="a note that asks its reader is no chronicle"),
        pytest.param(
            "Весной мы уехали, снимали дачу и ловили рыбу. Вернулись зимой.", {"chronicle"}, id="what we remember"
        ),
        pytest.param(
            f"Мы открыли салон, собрали мастеров, купили ткань. {'Шёлк ткут в Комо. ' * 20}", set(), id="our business"
        ),
        pytest.param("Неделя начала, модель начала, протокол недели, отель у школы.", set(), id="nouns tell no past"),
        pytest.param(LICHEN, {"reference"}, id="an encyclopaedia offers nothing"),
        pytest.param(
            f"{LICHEN} Вас ждёт сад, и мы покажем его.", set(), id="what calls the reader is no encyclopaedia"
        ),
        pytest.param(f"{LICHEN} Купить гербарий можно у вахты, цена 900 рублей.", set(), id="nor is what sells"),
        pytest.param(f"{LICHEN} Приезжайте!", set(), id="nor what raises its voice"),
        pytest.param(" ".join(LICHEN.split()[:30]), set(), id="a short text shows too little"),
        pytest.param(f"{LICHEN * 6} Приезжайте!", {"reference"}, id="one mark raises no voice in a long text"),
        pytest.param(f"{LICHEN * 6} Мы видели куст за 900 ₽.", {"reference"}, id="a long essay may name a price"),
        pytest.param(ESTATE, set(), id="an advertisement that addresses nobody praises"),
        pytest.param(ESTATE * 6, set(), id="and a long one"),
        pytest.param(THOUGHTS * 8, {"reference"}, id="«мы» of an essay are all men"),
        pytest.param(THOUGHTS * 3, set(), id="«мы» of a short text may be a firm"),
        pytest.param(f"{THOUGHTS * 8} Вы увидите лёд, мы ждём вас.", set(), id="an essay does not call"),
        pytest.param(f"{THOUGHTS * 8}{'Мы ждём, мы верим, мы растём. ' * 8}", set(), id="a firm says «мы» more often"),
        pytest.param(TARIFFS * 5, {"reference"}, id="a long article that addresses nobody may count money"),
        pytest.param(TARIFFS, set(), id="a short one that counts money may sell"),
        pytest.param(TERMS, {"reference"}, id="a contract counts money and offers nothing"),
        pytest.param(MANUAL, {"reference"}, id="a manual commands"),
        pytest.param(OFFICE, {"reference"}, id="an office explains its order"),
        pytest.param(f"{OFFICE} Мы ждём Вас.", {"business"}, id="an office that says «мы» writes a letter"),
        pytest.param(LEAFLET, {"reference"}, id="a leaflet says «Вы»"),
        pytest.param(
            f"{LEAFLET} Мы ждём Вас. Вам помогут наши сёстры.", set(), id="a clinic that calls writes no leaflet"
        ),
        pytest.param(VACANCY, {"reference"}, id="a vacancy names a sum"),
        pytest.param(f"{LICHEN} На камне надпись: «Не трогать!»", {"reference"}, id="a cry that is quoted"),
        pytest.param(LESSON, {"reference"}, id="a lesson says «мы»"),
        pytest.param(f"{LESSON} С поклоном, Ваш учитель.", set(), id="a lesson does not bow"),
        pytest.param(f"{LESSON} Это вы знаете. Вы увидите массив.", {"reference"}, id="«Вы» that opens a sentence"),
        pytest.param(f"{LESSON} Вы увидите массив. Его вернём Вам.", set(), id="«Вы» inside a sentence bows"),
        pytest.param(f"{REPORT} Тренер крикнул: «Вы обязаны играть».", {"report"}, id="quoted words call no reader"),
        pytest.param(FORUM, {"talk"}, id="a private person asks"),
        pytest.param(CHAT, {"talk"}, id="neighbours chat"),
        pytest.param(f"{CHAT} С поклоном, Ваш слесарь.", set(), id="who bows does not chat"),
        pytest.param(f"{FORUM} Жду Вас в салоне.", set(), id="a private person who invites is a seller"),
    ],
)
def test_a_whole_text_may_be_of_one_register(text: str, kinds: set[str]) -> None:
    registers = {"story", "report", "chronicle", "reference", "talk", "business"}
    assert {region.kind for region in read_prose(text, ()).regions} & registers == kinds


def test_the_lists_of_pronouns_hold_every_form_that_is_nothing_else() -> None:
    lemmas = {"calls": {"вы", "ваш"}, "ours": {"мы", "наш"}, "mine": {"я", "мой"}, "thou": {"ты", "твой"}}
    forms = {
        person: {form for lemma in each for form in word_forms(lemma) if readings(form)[0].lemma == lemma}
        for person, each in lemmas.items()
    }
    assert {person: set(read_signs(person)) for person in lemmas} == forms


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Вы-то приедете, а мы-то нет", Voice(words=9, calls=2, ours=1)),
        ("Гость приехал, сад затих, окна потемнели", Voice(words=6, past=3)),
        ("Ответьте, отметь, потрать, встреть, похить, спять", Voice(words=6, calls=1, imperatives=1, thou=5)),
        ("Говорим, стоим, едим; пью, даю, пою", Voice(words=6, ours=3, mine=3)),
        ("Делает, новый, столом, станции, писать, новых, синего, дома", Voice(words=8)),
    ],
)
def test_what_a_voice_is_told_from(text: str, voice: Voice) -> None:
    assert hear([sentence.tokens for sentence in find_sentences(text)]) == voice


@pytest.mark.parametrize("word", ["Милейшая", "Друзья", "Господа", "Гостям", "Наилюбезнейший", "Сударыня", "Леди"])
def test_any_form_of_an_address_begins_a_salutation(word: str) -> None:
    regions = read_prose(f"{word} Анна, мы открыли сад.", ()).regions
    assert [region.stop for region in regions if region.kind == "greeting"] == [len(f"{word} Анна,")]


def test_a_term_of_a_trade_counts_once_in_whatever_forms_it_stands() -> None:
    assert count_terms({"таблетка", "таблетками", "доза", "дозу"}) == 2
    assert count_terms({"таблетка", "оклад", "кастрюля"}) == 1  # of three trades


@pytest.mark.parametrize("trade", read_trades())
def test_no_term_of_a_trade_is_counted_as_two(trade: str) -> None:
    lists = read_trades()[trade]
    forms = [form for word in lists["words"] for form in word.split()]
    terms = [*lists["beginnings"], *forms]
    assert all("ё" not in term and term == term.lower() for term in terms)
    assert [
        term for term in terms if sum(map(term.startswith, lists["beginnings"])) != (term in lists["beginnings"])
    ] == []
    assert len(set(forms)) == len(forms)


# The names of regions, which `where` of a rule is checked by

ROOT = Path(__file__).parent.parent
PAGE = """<title>Часы</title><div style="display:none">Анонс.</div><h1>Часы</h1>
<p style="color:red;font-size:48px;text-align:center;text-transform:uppercase">Часы <blink>Вам</blink>, {{ name }}.</p>
<marquee>Часы {{ price }} {% if a %}.</marquee><ul><li>Часы<li>Часы</ul><blockquote>Часы.</blockquote>
<table><tr><td>Часы<td>1<tr><td>Часы<td>2</table><a href=a title="Ещё">Часы</a><button>Купить</button>
<img alt="Часы"><input placeholder="Имя"><footer>Адрес</footer>"""
FRONT = "---\ntitle: Часы\nsubject: Часы\npreheader: Часы\ndescription: Часы\n---\nЧасы готовы."
SIGNED = f"Уважаемая Анна!{BODY}\n\nЧто скажете? Наш «Салон» ждёт.\n\nС уважением,\nПётр Орлов"


def test_every_region_that_a_reader_marks_or_a_text_shows_may_be_named_in_a_rule():
    documents = [
        read_document(text.encode(), name) for name, text in (("a.html", PAGE), ("a.md", FRONT), ("a.txt", SIGNED))
    ]
    seen = {region.kind for document in documents for region in document.regions}
    seen |= {region.kind for document in documents for region in read_prose(document.text, document.regions).regions}
    registers = {"story", "report", "chronicle", "reference", "talk", "business"}
    assert seen - registers == set(REGIONS) - registers


def test_the_manual_of_rules_names_every_region():
    manual = (ROOT / "docs" / "phrases.md").read_text(encoding="utf-8")
    paragraph = manual.partition("Regions: ")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"`([a-z]+)`", paragraph)) == sorted(REGIONS)
