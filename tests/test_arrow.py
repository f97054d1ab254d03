"""Arrow batches: every letter has its row, whatever it is; nothing in a letter raises."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vipcopy
from vipcopy.contrib.arrow import FINDINGS, NESTED, ROWS, Columns, build_schema, check_batches
from vipcopy.contrib.verdicts import Settings

TINY = str(Path(__file__).parent / "packs" / "tiny")
SETTINGS = Settings(packs=(TINY,), largest=2000)
CHECKER = vipcopy.load([TINY])
PAGE = Path(__file__).parent.parent / "docs" / "scale.md"

STRING = pa.string()
MAIL = "Subject: =?utf-8?B?0KfQsNGB0Ys=?=\n\nПоторопитесь.".encode()


def build(*letters: tuple[object, object, object], text: pa.DataType = STRING) -> pa.RecordBatch:
    """A batch of letters: id, text, format."""
    columns = list(zip(*letters, strict=True)) or [(), (), ()]
    kinds = {"id": pa.int64(), "text": text, "format": pa.string()}
    return pa.record_batch(
        [pa.array(column, kind) for column, kind in zip(columns, kinds.values(), strict=True)], names=list(kinds)
    )


def check(*batches: pa.RecordBatch, **options: object) -> list[dict[str, object]]:
    """The rows of batches."""
    settings = options.pop("settings", SETTINGS)
    return [row for rows in check_batches(batches, settings, **options) for row in rows.to_pylist()]


def statuses(*letters: tuple[object, object, object], **options: object) -> list[object]:
    return [row["status"] for row in check(build(*letters), **options)]


def test_a_letter_becomes_its_row():
    row = check(build((7, "Поторопитесь: наши скидки.", None)))[0]
    report = CHECKER.check_text("Поторопитесь: наши скидки.")
    points = {each.number: each.points for each in report.score.guidelines if each.max}
    assert [row["id"], row["status"], row["error"], row["words"]] == [7, "checked", None, report.words]
    assert [row["score"], row["max_score"]] == [report.score.total, report.score.max]
    assert {number: row[f"points_{number}"] for number in range(1, 10)} == {n: points.get(n) for n in range(1, 10)}
    assert row["lowest"] == min(points, key=lambda number: points[number])
    assert row["finding_count"] == row["error_count"] + row["warning_count"] + row["info_count"] == len(report.findings)


def test_a_finding_becomes_its_row():
    rows = check(build((7, "Ждём.", None), (8, "Часы.\nПоторопитесь: наши скидки.", None)), rows=FINDINGS)
    told = [(row["id"], row["number"], row["rule"], row["line"], row["column"], row["quote"]) for row in rows]
    assert told == [(8, 0, "urgency/hurry", 2, 1, "Поторопитесь"), (8, 1, "discount/word", 2, 20, "скидки")]


def test_nested_rows_hold_what_the_other_two_hold():
    batch = build((1, "Поторопитесь: скидки.", None), (2, None, None), (3, "Часы.", None), (4, "Скидка.", None))
    nested = check(batch, rows=NESTED)
    flat = [found for row in nested for found in row["found"]]
    inner = [row for row in check(batch, rows=FINDINGS) if row["status"] == "checked"]
    assert [{name: row[name] for name in flat[0]} for row in inner] == flat
    assert [{name: value for name, value in row.items() if name != "found"} for row in nested] == check(batch)


@pytest.mark.parametrize(
    ("letter", "status"),
    [
        pytest.param((1, None, None), "no_text", id="null"),
        pytest.param((1, None, "pdf"), "no_text", id="null of an unknown format"),
        pytest.param((1, "", None), "checked", id="empty"),
        pytest.param((1, "я" * 1000, None), "checked", id="as large as allowed"),
        pytest.param((1, "я" * 1001, None), "too_large", id="larger"),
        pytest.param((1, "Ждём.", "pdf"), "unknown_format", id="unknown format"),
        pytest.param((1, "<p>Ждём</p>", "html"), "checked", id="page"),
        pytest.param((1, "# Часы", "markdown"), "checked", id="markdown"),
        pytest.param((1, "Ждём.", "docx"), "unreadable", id="text that says it is a Word file"),
        pytest.param((1, "<p>" * 600, "html"), "checked", id="page without an end"),
    ],
)
def test_what_came_of_a_letter_is_told(letter, status):
    assert statuses(letter) == [status]


def test_a_letter_that_fails_has_a_line_on_it_in_either_table():
    batch = build((1, None, None), (2, "я" * 5000, None), (3, "Ждём.", "pdf"))
    errors = [row["error"] for row in check(batch)]
    assert [row["error"] for row in check(batch, rows=FINDINGS)] == errors
    assert [bool(re.search("[а-я]{4}", str(error))) for error in errors] == [True, True, True]


def test_bytes_of_any_encoding_are_read():
    with io.BytesIO() as file:
        zipfile.ZipFile(file, "w").close()
        archive = file.getvalue()
    letters = [
        (1, "Поторопитесь, будет поздно".encode("cp1251"), None),
        (2, MAIL, "eml"),
        (3, archive, "docx"),
        (4, b"\x00\xff\xfe\x01" * 9, "text"),
    ]
    rows = check(build(*letters, text=pa.binary()))
    assert [(row["status"], row["finding_count"]) for row in rows] == [
        ("checked", 1),
        ("checked", 1),
        ("unreadable", None),
        ("unreadable", None),
    ]


VIEWS = pa.array(["Скидка.", "Часы."], pa.string_view())


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize(
    "text", [VIEWS, pa.DictionaryArray.from_arrays(pa.array([0, 1]), VIEWS)], ids=["view", "dictionary of views"]
)
def test_strings_as_polars_has_them_are_read_and_handed_on(rows, text):
    batch = pa.record_batch({"id": VIEWS, "text": text})
    told = pa.Table.from_batches(check_batches([batch], columns=Columns(format=""), rows=rows))
    assert told.column("id").to_pylist()[0] == "Скидка."
    assert told.schema.field("id").type == pa.string_view()


def test_a_size_beyond_all_measure_is_a_row():
    batch = pa.record_batch(
        {"id": [1], "text": pa.array([None], pa.string()), "size": pa.array([2**64 - 1], pa.uint64())}
    )
    told = pa.Table.from_batches(check_batches([batch], columns=Columns(format="", size="size")))
    assert told.column("status").to_pylist() == ["too_large"]


def test_a_string_that_is_no_utf8_is_a_row():
    damaged = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.array([0, 2], pa.int32()).buffers()[1], pa.py_buffer(b"\xff\xc3")]
    )
    batch = pa.record_batch({"id": [1], "text": damaged, "format": damaged})
    assert [row["status"] for row in check(batch)] == ["unknown_format"]
    assert [row["status"] for row in check(batch, columns=Columns(format=""))] == ["unreadable"]


def test_time_over_is_a_row_and_the_next_letter_is_checked():
    settings = Settings(packs=(TINY,), seconds=0)
    assert statuses((1, "Ждём.", None), settings=settings) == ["timed_out"]
    assert statuses((1, "Ждём.", None)) == ["checked"]


def test_empty_batches_give_no_rows():
    assert check(build(), build()) == []
    assert check() == []


@pytest.mark.parametrize("rows", ROWS)
def test_schemas_hold_for_every_batch(rows):
    batches = [build((1, "Поторопитесь.", None)), build((2, None, None)), build((3, "Часы.", None))]
    expected = build_schema(batches[0].schema, rows=rows)
    assert {out.schema for out in check_batches(batches, SETTINGS, rows=rows)} == {expected}


@pytest.mark.parametrize("rows", ROWS)
def test_every_column_is_documented(rows):
    told = PAGE.read_text(encoding="utf-8")
    names = build_schema(build().schema, rows=rows).names
    middle = {f"points_{number}" for number in range(2, 9)}
    assert [name for name in names if f"`{name}`" not in told and name not in middle] == []


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()])
def test_texts_come_in_four_types(kind):
    text = "Поторопитесь." if "string" in str(kind) else "Поторопитесь.".encode()
    assert check(build((1, text, None), text=kind))[0]["finding_count"] == 1


def test_columns_have_the_names_of_the_caller():
    batch = pa.record_batch({"number": ["a"], "sent": [5], "body": pa.array(["Ждём."])})
    columns = Columns(id="number", text="body", format="", kept=("sent",))
    row = check(batch, columns=columns)[0]
    assert (row["number"], row["sent"], row["status"]) == ("a", 5, "checked")


def test_formats_may_be_a_dictionary():
    batch = build((1, "<p>Ждём</p>", "html"))
    encoded = batch.set_column(2, "format", batch.column("format").dictionary_encode())
    assert [row["status"] for row in check(encoded)] == ["checked"]


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["Ждём.", None]).dictionary_encode(),
        pa.array(["Ждём.", None], pa.string_view()),
        pa.array(["Ждём.".encode("cp1251"), None], pa.binary_view()),
    ],
    ids=lambda column: str(column.type),
)
def test_texts_may_be_a_dictionary_or_views(column):
    rows = check(pa.record_batch({"id": [1, 2], "text": column}), columns=Columns(format=""))
    assert [row["status"] for row in rows] == ["checked", "no_text"]


def test_texts_may_be_nulls_alone():
    assert [
        row["status"] for row in check(pa.record_batch({"id": [1], "text": pa.nulls(1), "format": pa.nulls(1)}))
    ] == ["no_text"]


def test_a_batch_alone_and_a_table_will_do():
    batch = build((1, "Ждём.", None), (2, None, None))
    table = pa.Table.from_batches([batch])
    counts = [sum(rows.num_rows for rows in check_batches(given, SETTINGS)) for given in (batch, table, [batch, table])]
    assert counts == [2, 2, 4]


def test_a_text_that_is_too_large_is_not_copied():
    batch = build((1, b"\xd1\x8f" * 10_000_000, None), text=pa.binary())
    tracemalloc.start()
    assert [row["status"] for row in check(batch)] == ["too_large"]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


@pytest.mark.parametrize("packs", [[TINY], Path(TINY), TINY], ids=["list", "path", "string"])
def test_settings_take_names_as_load_takes_them(packs):
    found = Settings(packs=packs, select="discount", ignore=[6])
    assert found == Settings(packs=(TINY,), select=("discount",), ignore=("6",))
    assert check(build((1, "Поторопитесь: скидки.", None)), settings=found)[0]["finding_count"] == 1


def test_a_text_left_out_for_its_size_is_too_large():
    batch = pa.record_batch({"id": [1, 2], "text": pa.array(["Ждём.", None]), "size": [9, 10_000_000]})
    assert [row["status"] for row in check(batch, columns=Columns(format="", size="size"))] == ["checked", "too_large"]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (Columns(text="body"), "нет столбца «body»"),
        (Columns(text="id"), "«id» — int64; нужен string или binary"),
        (Columns(format="id"), "«id» — int64; нужен string или binary"),
        (Columns(size="text"), "«text» — string; нужно целое число"),
        (Columns(id="status"), "имена столбцов заняты: status"),
        (Columns(kept=("id",)), "имена столбцов заняты: id"),
    ],
)
def test_wrong_columns_are_refused(columns, said):
    batch = build((1, "Ждём.", None)).append_column("status", pa.array([1]))
    with pytest.raises(vipcopy.ConfigError, match=said):
        list(check_batches([batch], SETTINGS, columns))


def test_packs_that_are_not_the_locked_ones_are_refused():
    lock = vipcopy.build_lock([TINY])
    assert statuses((1, "Ждём.", None), settings=Settings(packs=(TINY,), lock=lock)) == ["checked"]
    with pytest.raises(vipcopy.ConfigError, match="не те, что закреплены"):
        check(build(), settings=Settings(packs=(TINY,), lock=lock.replace("sha256:", "sha256:0")))


def test_words_of_letters_can_be_left_out():
    rows = check(build((1, "Поторопитесь.", None)), rows=FINDINGS, settings=Settings(packs=(TINY,), quotes=False))
    assert [(row["rule"], row["quote"], row["message"], row["suggestions"]) for row in rows] == [
        ("urgency/hurry", None, None, None)
    ]


def test_batches_are_taken_one_by_one():
    taken = []

    def letters() -> Iterator[pa.RecordBatch]:
        for number in range(1_000_000):
            taken.append(number)
            yield build((number, "Ждём.", None))

    first = next(check_batches(letters(), SETTINGS))
    assert (first.column("id").to_pylist(), taken) == ([0], [0])


def test_a_long_batch_is_given_out_in_parts():
    batch = build(*((number, "Ждём.", None) for number in range(600)))
    parts = [part.column("id").to_pylist() for part in check_batches([batch], SETTINGS)]
    assert [number for part in parts for number in part] == list(range(600))
    assert max(map(len, parts)) < 300


def test_ids_are_handed_on_without_a_copy():
    batch = build(*((number, "Ждём.", None) for number in range(9)))
    (out,) = check_batches([batch], SETTINGS)
    assert out.column("id").buffers()[1].address == batch.column("id").buffers()[1].address


words = st.sampled_from(
    ["скидка", "Поторопитесь", "<p>", "только сегодня", "ски\u0301дка", "\ufeff", "\x00", "&#xD800;"]
)
texts = st.lists(st.one_of(words, st.text(max_size=6), st.sampled_from([" ", "\n\n", ". "]))).map("".join)
letters = st.tuples(
    st.integers(0, 9), st.none() | texts, st.sampled_from([None, "text", "html", "markdown", "eml", "?"])
)


@settings(max_examples=40)
@given(st.lists(st.lists(letters, max_size=4), max_size=3))
def test_any_letters_get_a_row_each_in_order_and_always_the_same(parts):
    batches = [build(*part) for part in parts]
    rows = check(*batches)
    assert [row["id"] for row in rows] == [letter[0] for part in parts for letter in part]
    assert rows == check(*batches)
    assert {row["status"] for row in rows} <= {"checked", "no_text", "unknown_format", "unreadable"}


@settings(max_examples=40)
@given(texts)
def test_a_row_says_what_the_library_says(text):
    row = check(build((1, text, "html")), rows=NESTED, settings=Settings(packs=(TINY,)))[0]
    report = CHECKER.check_text(text, format="html")
    assert (row["words"], row["score"]) == (report.words, report.score.total)
    assert [(found["start"], found["quote"]) for found in row["found"]] == [(f.start, f.quote) for f in report.findings]
