"""The phrase language: what each construct finds, and how its mistakes are told."""

import pickle
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vipcopy import russian
from vipcopy.compiling.compiler import merge_lists
from vipcopy.compiling.library import load_packs
from vipcopy.errors import RuleError
from vipcopy.kinds import phrase
from vipcopy.model import Origin, Prose, Rule, Sentence, Severity, Source
from vipcopy.phrases import Index, build_stream
from vipcopy.phrases.build import build_index
from vipcopy.phrases.prefilter import Prefilter
from vipcopy.phrases.prefilter_builder import keep_words
from vipcopy.phrases.tree import Lists, PhraseContext, build_tree
from vipcopy.regions import read_prose

ORIGIN = Origin("rules.yaml", 7, 11)
LISTS = {
    "похвала": ("хороший<Supr>", "великолепный", "не иметь равный"),
    "срок": ("сегодня", "завтра"),
    "срочно": ("@срок", "сейчас"),
    "круг": ("@круг",),
    "{число}": ("{цифры}", "<NUMR>"),
    "вдвое0": ("дом", "сад"),
    **{f"вдвое{at}": (f"@вдвое{at - 1} @вдвое{at - 1}", "дом сад") for at in range(1, 24)},
}
SOURCES = {name: tuple(Source(item, ORIGIN) for item in items) for name, items in LISTS.items()}


def found(line: str, marked: str, lists: Lists = SOURCES) -> str:
    """The text with everything that the phrase finds marked, the longest of what overlaps."""
    text = marked.replace("⟦", "").replace("⟧", "")
    index = build_index([build_tree(Source(line, ORIGIN), PhraseContext(lists))])
    spans = set()
    for each in russian.find_sentences(text):
        here = {span for _, span in index.find_in(build_stream(tuple(each.tokens), index.lexicon), 1)}
        assert not here or is_sifted(index, each)
        spans |= here
    longest = [s for s in spans if not any(o != s and o.start <= s.start and s.stop <= o.stop for o in spans)]
    for start, stop in sorted(longest, reverse=True):
        text = f"{text[:start]}⟦{text[start:stop]}⟧{text[stop:]}"
    return text


def is_sifted(index: Index, sentence: Sentence) -> bool:
    """Whether the prefilter lets the only phrase of the index through."""
    words = russian.find_written(sentence.tokens)
    return index.prefilter.narrow(index.prefilter.find(russian.find_norms(sentence.tokens), words), words) == 1


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        pytest.param("скидка", "⟦Скидки⟧ и ⟦скидкой⟧, но не скидывать.", id="a bare word is its lemma"),
        pytest.param("счёт", "Открыт ⟦счет⟧, два ⟦счёта⟧.", id="ё and е alike"),
        pytest.param("=скидкой", "Скидки нет, ⟦скидкой⟧ пахнет.", id="one form"),
        pytest.param("==Вы", "⟦Вы⟧ и вы.", id="these very letters"),
        pytest.param("скидоч*", "⟦Скидочная⟧ карта, скидка.", id="prefix"),
        pytest.param("*скидка", "⟦Спецскидками⟧ манят.", id="suffix of the lemma"),
        pytest.param("*ый", "⟦Новые⟧, ⟦новый⟧, дом.", id="a suffix that forms of any ending have"),
        pytest.param("<VERB,2per,plur|GRND>", "Вы ⟦ждёте⟧ ⟦сидя⟧, мы ждём.", id="either of two sets of grammemes"),
        pytest.param("<VERB,past,femn>", "Она ⟦бутявкала⟧, он бутявкал.", id="grammemes of a new word"),
        pytest.param("<ADJF,Supr>", "⟦Красивейший⟧ и красивый.", id="grammemes alone"),
        pytest.param("хороший<Supr>", "⟦Лучшие⟧ и хорошие.", id="lemma with grammemes"),
        pytest.param("<NOUN,gent,!plur>", "⟦стола⟧, столов", id="a grammeme not to have"),
        pytest.param("<PRTF,datv>", "К ⟦сказочно-обтянутому⟧ дому, 8-800.", id="grammemes of a new compound"),
        pytest.param("<NOUN,plur>", "Пять ⟦чудо-вагонов⟧ ждёт.", id="grammemes of its last part"),
        pytest.param("<ADJF,datv>", "К ⟦сказочно-скромно-белому⟧ дому.", id="grammemes of a compound of three"),
        pytest.param("<VERB,impr,sing;all>", "⟦Приходи⟧, три века.", id="every reading"),
        pytest.param(
            "(мыть|мыло)<NOUN|VERB;all>", "Мыла, ⟦мылом⟧, ⟦моют⟧.", id="every reading of one and the same word"
        ),
        pytest.param("имеющий", "⟦имеющими⟧, имел, имевший", id="a participle"),
        pytest.param("{число} гость", "⟦300 гостей⟧, ⟦двадцать гостей⟧, гостей", id="a class from a list"),
        pytest.param("{Заглавная} дом", "⟦Наш дом⟧, наш дом", id="a class of letters"),
        pytest.param(
            "(в|на|за|по|до|от|из|к|с|о) {Заглавная}",
            "Летим ⟦в Рим⟧ завтра.",
            id="woken by what tells, not by the rarest",
        ),
        pytest.param("{минус} {цифры}", "⟦−30⟧ %, 12–15 %, доля — 30 %", id="a glued minus"),
        pytest.param("{инициал} . ждать", "⟦А. ждёт⟧, Аня ждёт, А ждёт, а. ждёт", id="an initial"),
        pytest.param("дарить знак внимание", "Мы ⟦дарим знаки внимания⟧.", id="a word that is called as a class is"),
        pytest.param("за 0", "⟦за 0⟧ ₽ и за 10 ₽", id="digits as a word"),
        pytest.param("вместо {тысячи}", "⟦вместо 58 000⟧, вместо 58", id="thousands"),
        pytest.param("{тысячи}", "⟦1 000⟧, 10:00, 1/1000, 8-800-555-35-35", id="hours and telephones are no thousands"),
        pytest.param("за {тысячи}", "⟦за 1500⟧, ⟦за 2 024⟧, за 1912, за 2024", id="years are no thousands"),
        pytest.param("=$ {цифры}", "⟦$ 500⟧, 500", id="the dollar sign"),
        pytest.param("низкий~ цена~", "⟦низкие цены⟧, низкий цены", id="agreement"),
        pytest.param(
            "(не ждать|тот, кто спать)<VERB,past>", "⟦не ждал⟧, не ждёт, ⟦тот, кто спал⟧", id="a group's grammemes"
        ),
        pytest.param("[очень] выгодный", "⟦очень выгодные⟧ и ⟦выгодный⟧", id="optional"),
        pytest.param("(скидка|низкий цена)", "⟦скидки⟧ и ⟦низкими ценами⟧", id="alternatives"),
        pytest.param("мы …2 рад", "⟦Мы очень искренне рады⟧. Мы весьма и весьма искренне рады.", id="bounded gap"),
        pytest.param("мы … рад", "Мы, право, рады.", id="a gap stops at punctuation"),
        pytest.param("цена … (упасть|снизиться)", "⟦Цены на 15 % упали⟧.", id="a percent is a word to a gap"),
        pytest.param(
            "дом …2 сад", "⟦Дом за 5 000 ₽ сад⟧. Дом № 5 % и 6 сад. ⟦Дом № 5 и сад⟧.", id="and a sum is, and a number"
        ),
        pytest.param("(мы|вы|они|оно) …1, рад", "⟦Мы, — право, — рады⟧.", id="a gap over marks beside marks"),
        pytest.param("мы …2, рад", "⟦Мы, право, рады⟧.", id="a gap over punctuation"),
        pytest.param("(спрос & пользоваться)", "⟦пользуется спросом⟧, ⟦спросом пользуется⟧", id="either order"),
        pytest.param("(спрос &2 пользоваться)", "⟦пользуется очень большим спросом⟧", id="either order with a gap"),
        pytest.param(
            "(спрос &2, пользоваться)",
            "⟦пользуется, как всегда, спросом⟧ и верой, ⟦спросом, увы, пользуется⟧",
            id="either order over marks",
        ),
        pytest.param("^ почему", "⟦Почему⟧ мы? И почему нет?", id="sentence start"),
        pytest.param("^ почему", "3) ⟦Почему⟧ мы? Строка 3) почему нет?", id="the number of an item"),
        pytest.param("^ … новый дом", "Вот такой большой ⟦новый дом⟧.", id="the fifth word"),
        pytest.param("^ и не в дом", "3) ⟦И не в доме⟧ дело.", id="the fourth word behind the number of an item"),
        pytest.param("^ почему", "2) 3) — ⟦Почему⟧ мы?", id="two numbers and a dash before it"),
        pytest.param("сомневаться $", "Всё ⟦сомневаетесь⟧?! Сомневаетесь вы.", id="sentence end"),
        pytest.param("сомневаться ?", "⟦Сомневаетесь?⟧ Сомневаетесь.", id="punctuation"),
        pytest.param("не ⟦упустить⟧ шанс", "не ⟦упустите⟧ шанс, упустите шанс", id="the marked part"),
        pytest.param("не ⟦[очень]⟧ дом", "Это не дом, это не ⟦очень⟧ дом.", id="a mark without a word"),
        pytest.param("!не упустить", "не упустите, ⟦вдруг упустите⟧", id="anything but"),
        pytest.param("дом !новый цена", "⟦дом 🔥 цена⟧, дом, цена", id="anything but, emoji too"),
        pytest.param("!не упустить", "⟦кое-где-то упустите⟧", id="anything but, a compound of three"),
        pytest.param("!новый~ дом~", "новый дом, ⟦красивый дом⟧, красивые дом", id="anything but that agrees"),
        pytest.param("!@срок дом", "сегодня дом, ⟦новый дом⟧", id="anything but a list"),
        pytest.param("@похвала отель", "⟦лучшим отелем⟧, ⟦не имеет равных отель⟧", id="a list"),
        pytest.param("@срочно", "⟦завтра⟧ и ⟦сейчас⟧", id="a list in a list"),
        pytest.param("цена", "супер-⟦цена⟧, ⟦цены⟧", id="a compound by its part"),
        pytest.param("лот молния", "⟦лот «Молния⟧»", id="quotation marks don't count"),
        pytest.param("{латиница}", "42-й у нас нет, есть ⟦Rolex⟧.", id="digits are no Latin letters"),
        pytest.param("скидка", "Это ⟦с к и д к а⟧ и ⟦cкидкa⟧, ⟦скиииидка⟧.", id="tricks of spelling"),
    ],
)
def test_phrase_finds(line: str, marked: str) -> None:
    assert found(line, marked) == marked


@pytest.mark.parametrize(
    "marked",
    [
        "Пишет ⟦Анна Ивановна Петрова⟧, ⟦Анна⟧, ⟦Петров⟧.",
        "Подписал ⟦А. И. Петров⟧, согласовал ⟦А.И. Петров⟧, принял ⟦А.И.Петров⟧ у ⟦В. Цоя⟧.",
        "Подписал ⟦Петров А. И.⟧, согласовала ⟦Ким Л.В.⟧, принял ⟦Римский-Корсаков Н. А.⟧",
        "⟦Роман⟧ ⟦Л. Н. Толстого⟧ читает ⟦Ж.-П. Бельмондо⟧ и слушает ⟦У. К. Жумабаев⟧.",
        "Приедет ⟦Петров Иван Сергеевич⟧, с ним ⟦Дж. Смит⟧.",
        "Ждут ⟦Анну-Марию де Голль⟧, ⟦Людвига ван Бетховена⟧ и ⟦Урсулу фон дер Ляйен⟧.",
        "А. Приходите. Б. Звоните. Пункт В. Москва, Н. Новгород, С. Петербург.",
        "З. Ы. Скидки. П. С. Позвоните нам.",
    ],
)
def test_a_name_is_found_whole(marked: str) -> None:
    assert found("{имя}", marked, merge_lists(load_packs())) == marked


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("лучший", 11, "напишите хороший или =лучший"),
        ("большой скидки", 19, "напишите скидка"),
        ("а @нет", 13, "нет списка @нет"),
        ("(а|", 14, "здесь пусто"),
        ("а (.|…|!)", 17, "«…» — пропуск"),
        ("(а", 11, "скобка «(» не закрыта"),
        ("а )", 13, "а стоит «)»"),
        ("<FOO>", 11, "неизвестная граммема «FOO»"),
        ("скидка<VERB>", 11, "не сработает никогда"),
        ("вы«, он", 11, "отделите знаки препинания"),
        ("{нету}", 11, "нет класса {нету}"),
        ("⟦а", 11, "поставьте «⟧»"),
        ("@круг", 11, "ссылается сам на себя"),
        ("@срок<plur>", 11, "ни у чего нет таких форм"),
        ("(дом|вчера)<plur>", 11, "у «вчера» нет таких форм"),
        ("а<NOUN;each>", 23, "«;each» не бывает"),
        pytest.param(
            "дом готов.*", 15, "«готов.» — не одно слово: фраза не сработает никогда; отделите", id="two tokens"
        ),
        *(
            pytest.param(word, 11, "не одно слово", id=ascii(word))
            for word in ("=\u200b", "\u00ad*", "*\u200b", "==\u0301")
        ),
        pytest.param("(дом|=б/у)", 16, "«б/у» — не одно слово", id="three tokens"),
        pytest.param("<NOUN,VERB>", 11, "слов с такими граммемами нет", id="no such words"),
        pytest.param("*ейший<NUMB>", 11, "нет таких форм", id="no such forms of an ending"),
        pytest.param("дом ^ сад", 11, "до «^», начала предложения, стоит слово", id="a start in the middle"),
        pytest.param("дом (^ сад|^ пруд)", 11, "начните с «^»", id="no alternative can be found"),
        pytest.param("⟦дом $⟧ …2 сад", 11, "за «$», концом предложения, стоит слово", id="an end in the middle"),
        pytest.param("⟦дом⟧ и ⟦сад⟧", 11, "отмечены два места", id="two marks"),
        pytest.param("дом …2", 11, "уберите его или напишите за ним слово", id="a gap at the end"),
        pytest.param("⟦дом …⟧", 11, "уберите его или напишите за ним слово", id="a gap at the end of a mark"),
        pytest.param("новый (дом|сад …1)", 11, "уберите его", id="a gap at the end of a branch"),
        pytest.param("@вдвое23", 11, "со списками в ней больше 20000 слов", id="lists that double one another"),
        pytest.param("(" * 3000, 32, "скобки вложены глубже 20 уровней; разделите", id="deep"),
    ],
)
def test_mistake_names_place_and_remedy(line: str, column: int, words: str) -> None:
    with pytest.raises(RuleError) as error:
        build_tree(Source(line, ORIGIN), PhraseContext(SOURCES))
    assert str(error.value).startswith(f"rules.yaml:7:{column}: ") and words in str(error.value)


def rule(*phrases: str, **guards: tuple[str, ...]) -> Rule:
    def sources(lines: tuple[str, ...]) -> tuple[Source, ...]:
        return tuple(Source(line, ORIGIN) for line in lines)

    return Rule(
        id="test/rule",
        category="test",
        guideline=5,
        severity=Severity.ERROR,
        weight=-10,
        message="«{quote}»",
        why="",
        kind="phrase",
        origin=ORIGIN,
        phrase=sources(phrases),
        **{name: sources(lines) for name, lines in guards.items()},
    )


def quotes(finder: phrase.PhraseFinder, text: str) -> list[str]:
    return [text[hit.start : hit.stop] for hit in finder.find(Prose(text, russian.find_sentences(text)))]


@pytest.mark.parametrize(
    ("guard", "text", "expected"),
    [
        ("(врач &3 ⟦⟧)", "Врач дал нам возможно. Возможно, врач.", ["Возможно"]),
        ("(врач &3, ⟦⟧)", "Возможно, врач придёт. Придёт, и это врач, возможно, знает.", []),
        ("(врач &3 ⟦⟧)", "Врач сказал всем гостям нашего дома: возможно.", ["возможно"]),
        ("⟦⟧ <INFN>", "Возможно оформить визу.", []),
        ("⟦⟧ <INFN>", "Возможно, Вам подойдёт.", ["Возможно"]),
        ("не …2 ⟦⟧", "Это никак не очень возможно.", []),
        ("не …2 ⟦⟧", "Это не очень-возможно.", []),
        ("не …5 ⟦⟧", "Это не так уж и просто возможно.", []),
        ("⟦(всё …3 дом|очень)⟧", "Всё очень возможно дома.", []),
        ("⟦возможно⟧ оформить", "Возможно оформить, а возможно, нет.", ["возможно"]),
        ("виза", "Возможно, это виза. Возможно, нет.", ["Возможно"]),
    ],
)
def test_guard_vetoes(guard: str, text: str, expected: list[str]) -> None:
    assert quotes(phrase.build([rule("возможно", unless=(guard,))], {}), text) == expected


@pytest.mark.parametrize(("text", "expected"), [("Мы не можем.", ["можем"]), ("Можем доставить.", [])])
def test_a_needed_neighbour_must_be_there(text: str, expected: list[str]) -> None:
    assert quotes(phrase.build([rule("мочь", when=("не ⟦⟧", "никак"))], {}), text) == expected


@pytest.mark.parametrize(
    ("fields", "text", "expected"),
    [
        (("тема", "=смс"), "Тема: почему мы? СМС: почему нет? Вопрос: почему нет?", ["почему", "почему"]),
        (("тема",), "1) Тема: почему мы? Тема: — почему нет?", ["почему", "почему"]),
        (("вопрос",), "Тема: почему мы? Вопрос: почему нет?", ["почему"]),
        ((), "Тема: почему мы? Почему нет?", ["Почему"]),
    ],
)
def test_a_sentence_begins_behind_the_fields_that_a_pack_names(
    fields: tuple[str, ...], text: str, expected: list[str]
) -> None:
    lists = {"{поле}": tuple(Source(field, ORIGIN) for field in fields)}
    assert quotes(phrase.build([rule("^ почему")], lists), text) == expected


def test_text_guard_looks_at_the_whole_document() -> None:
    finder = phrase.build([rule("акция", unless_text=("дивиденд",))], {})
    assert (quotes(finder, "Акции выросли. Дивиденды тоже."), quotes(finder, "Акции выросли.")) == ([], ["Акции"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Цена 900 ₽. Того стоит.", ["Того стоит"]),
        ("Того стоит. Цена 900 ₽.", ["Того стоит"]),
        ("Цена 900 ₽. Вид на залив. Того стоит.", []),
    ],
)
def test_condition_is_sought_in_the_sentence_and_beside_it(text: str, expected: list[str]) -> None:
    assert quotes(phrase.build([rule("=того стоить", when_near=("₽",))], {}), text) == expected


def test_condition_is_sought_in_the_whole_document() -> None:
    finder = phrase.build([rule("найти", when_text=("ты",))], {})
    assert (quotes(finder, "Найдёшь сам. Ты молодец."), quotes(finder, "Найдёшь сам.")) == (["Найдёшь"], [])


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(RuleError) as error:
        phrase.build([rule("лучший", "<FOO>", "[очень]", unless=("@нет",))], {})
    assert len(str(error.value).splitlines()) == 4


def test_finder_pickles() -> None:
    finder = phrase.build([rule("скидка", unless=("без ⟦⟧",))], {})
    assert quotes(pickle.loads(pickle.dumps(finder)), "Скидки без скидок.") == ["Скидки"]


@given(st.text(alphabet="абв ()[]|&<>~⟦⟧{}@=*!^$…,1.", max_size=24))
def test_any_line_compiles_or_is_refused_with_its_place(line: str) -> None:
    try:
        build_tree(Source(line, ORIGIN), PhraseContext(SOURCES))
    except RuleError as error:
        assert str(error).startswith("rules.yaml:7:")


def test_a_sentence_that_comes_again_is_found_at_its_new_place() -> None:
    finder = phrase.build([rule("скидка", unless=("без ⟦⟧",))], {})
    texts = ("Скидка ждёт. Скидка ждёт.", "Без скидок. Скидка ждёт.", "Да. Скидка ждёт.")
    places = [[hit.start for hit in finder.find(read_prose(text, ()))] for text in (*texts, *texts)]
    assert places == [[0, 13], [12], [4], [0, 13], [12], [4]]


def test_what_is_kept_of_words_is_what_their_readings_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ("скидка", "<ADJF,Supr> дом", "супер* дом", "=дома", "{число} дом")
    index = build_index([build_tree(Source(line, ORIGIN), PhraseContext(SOURCES)) for line in lines])
    words = ["скидками", "лучший", "суперцена", "дома", "7", "дом-сад", ",", "шлёфка"]
    told = Prefilter(index.tables).find_bits(words)
    kept = Prefilter(keep_words(index.tables, words))
    monkeypatch.setattr(russian, "known_readings", None)
    assert (kept.find_bits(words), all(told[:4])) == (told, True)


def test_a_sentence_of_very_many_words_is_sifted_in_time() -> None:
    index = build_index([build_tree(Source("подарок гость", ORIGIN), PhraseContext(SOURCES))])
    words = ["подарок"] * 20_000 + ["и"] * 9 + ["гость"] * 20_000
    start = perf_counter()
    assert index.prefilter.narrow(1, words) == 0
    assert perf_counter() - start < 10  # it takes a tenth of a second; the square of it half a minute
