"""The measure itself, and that no figure falls below what `make quality` last wrote."""

import json

import pytest
from quality import (
    ALARMS,
    FIGURES,
    HALVES,
    TOLERANCE,
    Sample,
    Span,
    Tally,
    count,
    count_alarms,
    count_places,
    measure,
    read_marks,
    read_samples,
    write_figures,
)


def test_marks_are_read_out_of_the_text() -> None:
    text, marks = read_marks("Это {{discount+urgency:скидка}} до {{hype:чуда}}.")
    assert (text, [(text[mark.start : mark.stop], mark.category) for mark in marks]) == (
        "Это скидка до чуда.",
        [("скидка", "discount"), ("скидка", "urgency"), ("чуда", "hype")],
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param([], Tally(1, 0, 0, 0), id="a miss"),
        pytest.param([(4, 10)], Tally(1, 1, 1, 1), id="exact"),
        pytest.param([(0, 5)], Tally(1, 1, 1, 1), id="overlapping"),
        pytest.param([(4, 6), (7, 9)], Tally(1, 1, 1, 1), id="two in one mark count once"),
        pytest.param([(4, 10), (12, 14)], Tally(1, 1, 2, 1), id="one right, one false"),
    ],
)
def test_counts(found: list[tuple[int, int]], expected: Tally) -> None:
    sample = Sample("x", "mass", "Это скидка и дом", (Span(4, 10, "discount"),))
    spans = tuple(Span(start, stop, "discount") for start, stop in found)
    assert count([(sample, spans)], "discount") == expected


def test_a_fault_that_is_found_under_another_name_is_found() -> None:
    sample = Sample("x", "mass", "Это скидка и дом", (Span(4, 10, "discount"), Span(4, 10, "urgency")))
    assert count_places([(sample, (Span(4, 10, "gimmick"), Span(13, 16, "hype")))]) == Tally(1, 1, 2, 1)


def test_false_alarms_are_counted_in_neutral_texts_alone() -> None:
    mark, alarm = Span(0, 3, "hype"), Span(10, 12, "hype")
    texts = [Sample("x", kind, "а" * 500, (mark,)) for kind in ("neutral", "premium", "neutral")]
    assert count_alarms([(text, (mark, alarm)) for text in texts]) == 2


@pytest.mark.parametrize("half", HALVES)
def test_corpus_is_whole(half: str) -> None:
    samples = list(read_samples(half))
    assert len(samples) >= 40 and not any("{{" in sample.text or "}}" in sample.text for sample in samples)


@pytest.mark.parametrize("half", HALVES)
def test_no_figure_falls(half: str) -> None:
    kept = json.loads(FIGURES.read_text(encoding="utf-8"))[half]
    now = write_figures(measure(half))
    alarms = kept.pop(ALARMS), now[ALARMS]
    fallen = {name: (figure, now[name]) for name, figure in kept.items() if now[name] < figure - TOLERANCE}
    assert fallen == {} and alarms[1] <= alarms[0] + TOLERANCE
