"""The findings of a page as errors of its form: beside the field and, in a StreamField, on the very block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping

from django.core.exceptions import ValidationError
from wagtail import blocks

from vipcopy.contrib.django.errors import build_error, build_score_error
from vipcopy.contrib.wagtail.texts import Path
from vipcopy.contrib.wagtail.verdicts import PageVerdict

_AT_BLOCKS = "замечания стоят у своих блоков."  # for the list above the form; Wagtail's own words are English

Errors = Mapping[Path, list[ValidationError]]


def find_field_errors(page: PageVerdict, values: Mapping[str, object]) -> Iterator[tuple[str, list[ValidationError]]]:
    """Each field with its errors; those of a stream are one StreamBlockValidationError, keyed as its blocks stand."""
    by_path: dict[Path, list[ValidationError]] = defaultdict(list)
    for finding in page.verdict.find_blocking():
        at = page.text.find_fragment(finding.start)
        if at >= 0:
            error = build_error(finding, with_sentence=False)
            found = by_path[page.text.fragments[at].path]
            error.message = f"\n{error.message}" if found else error.message  # Wagtail joins them with a space
            found.append(error)
    for name in dict.fromkeys(str(path[0]) for path in by_path if path[0] in values):
        within = {path[1:]: errors for path, errors in by_path.items() if path[0] == name}
        value = values[name]
        if not isinstance(value, blocks.StreamValue):
            yield name, within[()]
            continue
        tree = _build_tree(value, within)
        tree.message = _AT_BLOCKS
        yield name, [tree]


def find_unseen_errors(page: PageVerdict, fields: Container[object]) -> Iterator[ValidationError]:
    """The findings in fields that the form does not ask for, each under the name of its field."""
    for finding in page.verdict.find_blocking():
        fragment = page.text.fragments[page.text.find_fragment(finding.start)]
        if fragment.path[0] not in fields:
            error = build_error(finding, with_sentence=False)
            error.message = f"{fragment.label.replace('%', '%%')}: {error.message}"
            yield error


def find_page_errors(page: PageVerdict) -> Iterator[ValidationError]:
    """What is said of the page as a whole: that it stays a draft and why."""
    report = page.verdict.report
    if report.error is not None:
        yield ValidationError("%(message)s", code="limit", params={"message": report.error})
        return
    if page.verdict.is_low:
        yield build_score_error(page.verdict)
    message = "Публикация отложена, замечаний к правке: %(blocking)s. Черновик сохраняется как есть."
    params = {"blocking": len(page.verdict.find_blocking()), "summary": page.summary}
    yield ValidationError(message, code="copy", params=params)


def _build_tree(value: object, errors: Errors) -> ValidationError:
    """The errors of a block and of those inside it, in the form that Wagtail puts beside each."""
    if () in errors:
        return ValidationError(errors[()])
    inside: dict[str | int, dict[Path, list[ValidationError]]] = defaultdict(dict)
    for path, found in errors.items():
        inside[path[0]][path[1:]] = found
    children = {key: _build_tree(_read_child(value, key), found) for key, found in inside.items()}
    if isinstance(value, blocks.StreamValue):
        return blocks.StreamBlockValidationError(block_errors=children)
    if isinstance(value, blocks.list_block.ListValue):
        return blocks.ListBlockValidationError(block_errors=children)
    return blocks.StructBlockValidationError(block_errors=children)


def _read_child(value: object, key: str | int) -> object:
    child = value[key]  # type: ignore[index]  # values of blocks have no types
    return child.value if isinstance(value, blocks.StreamValue) else child
