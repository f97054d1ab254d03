"""Old findings: what keeps its entry, what loses it, what the commands say; and lines changed in git."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from shell import Run, settle, vipcopy, write

__all__ = ["vipcopy"]

OLD = (
    "Уважаемая Анна Ивановна!\n\nПриглашаем Вас в салон на Тверской: новая скидка ждёт тех, кто ценит время,"
    " и действует весь март. Поторопитесь с выбором, часы готовы к показу.\n"
)


@pytest.fixture
def house(vipcopy: Run) -> Run:
    """A folder whose settings name a baseline that knows the two findings of a.md."""
    settle()
    write({"a.md": OLD})
    written = vipcopy("baseline", "write", "a.md")
    assert "--baseline .vipcopy-baseline.json" in written.err
    assert written.out == "Записано: .vipcopy-baseline.json. Старых замечаний: 2.\n"
    settle("baseline: .vipcopy-baseline.json")
    return vipcopy


def rules(vipcopy: Run, *paths: str) -> list[str]:
    files = vipcopy("check", *paths, "--format", "json").files()
    return [finding["rule"] for file in files for finding in file["findings"]]


def wrap(text: str, width: int, mark: str = "") -> str:
    paragraphs = (textwrap.fill(part, width) for part in text.split("\n\n"))
    return textwrap.indent("\n\n".join(paragraphs), mark, lambda line: bool(mark))


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        pytest.param("a.md", OLD, [], id="the same"),
        pytest.param("a.md", wrap(OLD, 30), [], id="wrapped narrow"),
        pytest.param("a.md", wrap(OLD, 200), [], id="wrapped wide"),
        pytest.param("a.txt", wrap(OLD, 40), [], id="another format"),
        pytest.param("a.md", wrap(OLD, 50, "> "), [], id="quoted"),
        pytest.param("a.txt", wrap(OLD, 50, "    "), [], id="indented"),
        pytest.param("b/c.md", f"Новые часы готовы.\n\n{OLD}\n\nЖдём Вас.\n", [], id="moved to another file and place"),
        pytest.param("a.md", OLD.replace("\n", "\r\n"), [], id="CRLF"),
        pytest.param("a.md", OLD.replace("март", "май"), ["discount/word"], id="an edited sentence"),
        pytest.param("a.md", OLD.replace("скидка", "низкая скидка"), ["discount/word"], id="an added word"),
        pytest.param("a.md", f"{OLD}\nСкидка.\n", ["discount/word"], id="a new finding"),
        pytest.param("a.md", f"{OLD}\n{OLD}", ["urgency/hurry", "discount/word"], id="the same a second time"),
    ],
)
def test_a_finding_is_known_by_its_sentence(house, name, text, found):
    Path("a.md").unlink()
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_bytes(text.encode())
    assert sorted(rules(house, name)) == sorted(found)


def test_a_very_long_sentence_that_is_edited_far_away_is_new(house):
    words = ", ".join(f"зал {number}" for number in range(300))
    write({"a.md": f"Скидка ждёт Вас там, где {words}, и дом."})
    house("baseline", "write", "a.md")
    write({"a.md": wrap(f"Скидка ждёт Вас там, где {words}, и дом.", 50)})
    assert rules(house, "a.md") == []
    write({"a.md": f"Скидка ждёт Вас там, где {words}, и сад."})
    assert rules(house, "a.md") == ["discount/word"]


def test_old_findings_are_counted_and_the_score_is_that_of_the_whole_text(house):
    shown = house("check", "a.md", "--format", "json").files()[0]
    whole = house("check", "a.md", "--format", "json", "--config", "none.yml")
    settle(name="none.yml")
    whole = house("check", "a.md", "--format", "json", "--config", "none.yml").files()[0]
    assert (shown["left_out"], shown["score"]) == (2, whole["score"])
    assert "2 прежних замечания не показаны" in house("check", "a.md").out


def test_check_tells_new_and_gone_and_prune_takes_the_gone_out(house):
    write({"a.md": OLD.replace("скидка", "коллекция") + "\nСкидка.\n"})
    outcomes = [house("baseline", verb, "a.md") for verb in ("check", "prune", "check")]
    assert [(outcome.code, outcome.out.splitlines()[-1]) for outcome in outcomes] == [
        (1, ".vipcopy-baseline.json: на месте 1, исправлено 1, новых 1."),
        (0, "Записано: .vipcopy-baseline.json. Осталось: 1, убрано: 1."),
        (1, ".vipcopy-baseline.json: на месте 1, исправлено 0, новых 1."),
    ]
    assert outcomes[0].out.splitlines()[0] == "  новое: discount/word  «Скидка»"


def test_a_baseline_is_named_on_the_command_line(vipcopy):
    settle()
    write({"a.md": OLD})
    vipcopy("baseline", "write", "--baseline", "old.json")
    assert vipcopy("check", "a.md", "--baseline", "old.json").code == 0


ENTRIES = '{"vipcopy-baseline": 1, "entries": [%s]}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"vipcopy-baseline": 2, "entries": []}',
        ENTRIES % "1",
        ENTRIES % '{"rule": "a/b", "words": "", "key": "", "count": 1e999}',
        "[" * 100_000,
    ],
)
def test_what_is_no_baseline_is_refused(house, text):
    write({".vipcopy-baseline.json": text})
    outcome = house("check", "a.md")
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)
    assert "запишите заново: vipcopy baseline write" in outcome.err


def lay_out(number: int, width: int) -> dict[str, str]:
    """A letter as Markdown and as plain text, with an item and a quotation, wrapped."""
    paragraphs = wrap(OLD.replace("март", f"март {number}-го"), width)
    item = textwrap.fill(
        f"скидка для тех, кто придёт в дом {number} с друзьями.", width, initial_indent="- ", subsequent_indent="  "
    )
    quoted = wrap(f"Спросили, будет ли скидка в {number} году, и просили ответить до весны.", width, "> ")
    letter = f"{paragraphs.strip()}\n\n{item}\n\n{quoted}\n"
    return {f"{number:03}.md": letter, f"{number:03}.txt": letter}


def test_a_baseline_of_many_letters_holds_one_new_word(house):
    Path(".vipcopy-baseline.json").unlink()
    settle()
    letters = [lay_out(number, 72) for number in range(30)]
    for each in letters:
        write(each)
    assert house("baseline", "write").out.endswith("Старых замечаний: 242.\n")  # and two of a.md
    settle("baseline: .vipcopy-baseline.json")
    for width in (48, 110):
        for number in range(30):
            write(lay_out(number, width))
        assert rules(house, ".") == []
    write({"007.md": letters[7]["007.md"] + "\nНовая скидка.\n"})
    assert rules(house, ".") == ["discount/word"]


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_some_rules_alone_take_nothing_of_others_out(house, option):
    written = Path(".vipcopy-baseline.json").read_bytes()
    outcome = house("baseline", "prune", "a.md", option, "urgency")
    assert (outcome.code, "пропали бы записи других правил" in outcome.err) == (2, True)
    assert Path(".vipcopy-baseline.json").read_bytes() == written


@pytest.mark.parametrize("verb", ["check", "prune"])
def test_a_baseline_that_is_not_there_is_told_though_nothing_is_checked(vipcopy, verb):
    settle("exclude: ['*.md']\n")
    write({"a.md": OLD})
    outcome = vipcopy("baseline", verb, "a.md")
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)
    assert "базовой линии нет; запишите её: vipcopy baseline write" in outcome.err


# Lines changed in git


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(vipcopy: Run) -> Run:
    """A repository with a letter of three lines, each with a finding."""
    settle()
    write({"a.txt": "Скидка.\n\nСкидки.\n\nСкидкам.\n", "п и.txt": "Скидка.\n", "b/a.txt": "Скидка.\n"})
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    return vipcopy


def changed(vipcopy: Run, *paths: str) -> list[tuple[str, int]]:
    files = vipcopy("check", *paths, "--format", "json", "--changed-since", "HEAD").files()
    return [(file["path"], finding["line"]) for file in files for finding in file["findings"]]


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"a.txt": "Скидка.\n\nСкидки тут.\n\nСкидкам.\n"}, [("a.txt", 3)], id="a line"),
        pytest.param({"a.txt": "Часы.\n\nСкидка.\n\nСкидки.\n\nСкидкам.\n"}, [], id="a line above without findings"),
        pytest.param({"a.txt": "Скидкам.\n"}, [], id="lines gone"),
        pytest.param({"b.txt": "Скидка.\n"}, [("b.txt", 1)], id="a file that git does not know"),
        pytest.param({"п и.txt": "Скидка.\n\nСкидка.\n"}, [("п и.txt", 3)], id="a name in Russian"),
        pytest.param(
            {"a.txt": "Скидка.\r\n\r\nСкидки.\r\n\r\nСкидкам тут.\r\n"}, [("a.txt", 5)], id="line ends of Windows"
        ),
        pytest.param({"b/a.txt": "Скидки.\n"}, [("b/a.txt", 1)], id="a folder called as git calls the new side"),
    ],
)
def test_only_changed_lines_are_told(repository, files, lines):
    write(files)
    assert changed(repository, ".") == lines


@pytest.mark.parametrize(
    ("setting", "variable"), [(("diff.interHunkContext", "9"), {}), ((), {"GIT_DIFF_OPTS": "--unified=9"})]
)
def test_how_git_is_set_to_show_changes_is_nothing_to_us(repository, setting, variable, monkeypatch):
    if setting:
        git("config", *setting)
    for name, value in variable.items():
        monkeypatch.setenv(name, value)
    write({"a.txt": "Скидка тут.\n\nСкидки.\n\nСкидкам тут.\n"})
    assert changed(repository, ".") == [("a.txt", 1), ("a.txt", 5)]


def test_lines_that_end_as_on_an_old_mac_are_one_line_to_git(repository):
    Path("m.txt").write_bytes("Часы.\rДом.\rСад.\n\nСкидка.\n".encode())
    git("add", ".")
    git("commit", "-qm", "second")
    Path("m.txt").write_bytes("Часы.\rДом.\rСкидки.\n\nСкидка.\n".encode())
    assert changed(repository, "m.txt") == [("m.txt", 3)]


def test_a_letter_that_says_what_git_says_is_not_believed(repository):
    write({"b.txt": "Дом.\rdiff --git a.txt a.txt\r+++ a.txt\r@@ -1 +1 @@\n"})
    git("add", "b.txt")
    write({"a.txt": "Скидка.\n\nСкидки тут.\n\nСкидкам.\n"})
    assert changed(repository, "a.txt") == [("a.txt", 3)]


def test_a_waiver_beside_a_text_is_new_where_its_own_line_is(repository):
    write({"a.txt.vipcopy.yml": "ignore:\n  - nope\n"})
    git("add", ".")
    git("commit", "-qm", "second")
    write({"a.txt": "Скидка.\nДом.\n\nСкидки.\n\nСкидкам.\n"})
    assert changed(repository, "a.txt") == []
    write({"a.txt.vipcopy.yml": "ignore:\n  - nope\n  - nope2\n"})
    assert changed(repository, "a.txt") == [("a.txt", 3)]


def test_a_renamed_file_is_no_change(repository):
    git("mv", "a.txt", "c.txt")
    assert changed(repository, "c.txt") == []


def test_a_changed_text_that_is_binary_to_git_is_told_whole(repository):
    Path("u.txt").write_text("Часы.\nСкидка.\n", encoding="utf-16")
    git("add", ".")
    git("commit", "-qm", "second")
    Path("u.txt").write_text("Часы.\nСкидка.\nСкидки.\n", encoding="utf-16")
    assert changed(repository, "a.txt", "u.txt") == [("u.txt", 2), ("u.txt", 3)]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems name files otherwise")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", [b"\xef\xe8.txt", b'\xef "\xe8".txt', 'п "и".txt'.encode()], ids=repr)
def test_old_lines_of_a_file_of_any_name_are_not_told(repository, name, encoding):
    path = Path(os.fsdecode(name))
    path.write_text("Скидка.\n", encoding=encoding)
    git("add", ".")
    git("commit", "-qm", "second")
    assert changed(repository, str(path)) == []
    path.write_text("Часы.\nСкидка.\n", encoding=encoding)
    assert [line for _, line in changed(repository, str(path))] == ([2] if encoding == "utf-16" else [])


def test_a_hook_of_a_linked_work_tree_sees_the_lines_of_folders(repository, tmp_path, monkeypatch):
    """Git sets GIT_DIR there, and not GIT_WORK_TREE."""
    git("worktree", "add", "-q", "linked")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / ".git/worktrees/linked"))
    monkeypatch.chdir("linked")
    write({"b/a.txt": "Скидка.\n\nСкидки.\n"})
    assert changed(repository, "b/a.txt") == [("b/a.txt", 3)]


def test_the_score_of_changed_lines_is_that_of_the_whole_text(repository):
    files = [
        repository("check", "a.txt", "--format", "json", *options).files()[0]
        for options in ([], ["--changed-since", "HEAD"])
    ]
    assert files[0]["score"] == files[1]["score"]
    assert files[1]["left_out"] == 3


@pytest.mark.parametrize(
    ("revision", "says"),
    [
        ("nope", "--changed-since: «nope» — не версия git; напишите, например, origin/main"),
        ("--output=x", "--changed-since: «--output=x» — не версия git"),
    ],
)
def test_what_is_no_revision_is_refused(repository, revision, says):
    outcome = repository("check", "a.txt", f"--changed-since={revision}", "--format", "json")
    assert (outcome.code, outcome.out, outcome.err.startswith(says)) == (2, "", True)


def test_without_a_repository_there_are_no_changed_lines(vipcopy):
    settle()
    write({"a.txt": "Скидка.\n"})
    outcome = vipcopy("check", "a.txt", "--changed-since", "HEAD")
    assert (outcome.code, "не хранилище git" in outcome.err) == (2, True)


def test_no_report_is_begun_where_a_later_path_is_in_no_repository(repository, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "b.txt"
    other.write_text("Скидка.\n", encoding="utf-8")
    outcome = repository("check", "a.txt", str(other), "--changed-since", "HEAD", "--format", "json")
    assert (outcome.code, outcome.out, "не хранилище git" in outcome.err) == (2, "", True)


@pytest.mark.parametrize("verb", ["write", "prune"])
def test_a_path_that_does_not_exist_leaves_the_baseline_as_it_is(house, verb):
    written = Path(".vipcopy-baseline.json").read_bytes()
    outcome = house("baseline", verb, "a.md", "b.md")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.splitlines() == [
        "b.md: нет такого файла или папки; проверьте путь",
        ".vipcopy-baseline.json: не записано, прочитаны не все тексты; проверьте пути",
    ]
    assert Path(".vipcopy-baseline.json").read_bytes() == written
