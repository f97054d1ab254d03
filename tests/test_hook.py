"""The hooks as pre-commit runs them: this tree as a hook repository, another one with letters."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "packs" / "tiny"
GOOD, WARNED, BAD = "Часы готовы к показу.\n", "Показ только сегодня.\n", "Поторопитесь: скидка 20 %.\n"

pytestmark = pytest.mark.slow

Done = subprocess.CompletedProcess[str]


def run(*command: str | Path, cwd: Path, **environment: str) -> Done:
    identity = {"GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org"}
    identity |= {"GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org"}
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))}
    return subprocess.run(
        command, cwd=cwd, env={**plain, **identity, **environment}, capture_output=True, encoding="utf-8", check=False
    )


def commit(folder: Path) -> None:
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        done = run("git", "-c", "commit.gpgsign=false", *arguments, cwd=folder)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This tree, as it is now, as a repository of its own."""
    folder = tmp_path_factory.mktemp("hook")
    listed = run("git", "ls-files", "-co", "--exclude-standard", "-z", cwd=ROOT).stdout.split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    commit(folder)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments: made once for all tests here."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A repository with a house pack, settings and letters."""
    folder = tmp_path / "letters"
    shutil.copytree(TINY, folder / "pack")
    texts = {".vipcopy.yml": "packs: ./pack\n", "good.txt": GOOD, "warned.md": WARNED, "bad.html": f"<p>{BAD}</p>"}
    texts |= {"bad.mjml": f"<mj-text>{BAD}</mj-text>", "good.eml": f"Subject: Показ\n\n{GOOD}", "old.txt": BAD}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    commit(folder)
    return folder


@pytest.fixture
def pre_commit(hook: Path, home: Path, letters: Path) -> Callable[..., Done]:
    """Run the hook by settings of pre-commit with these keys, one environment for all, or by another command."""

    def call(name: str, *files: str, command: Sequence[str] = (), **keys: list[str]) -> Done:
        rev = run("git", "rev-parse", "HEAD", cwd=hook).stdout.strip()
        repo = {"repo": str(hook), "rev": rev, "hooks": [{"id": name, **keys}]}
        settings = yaml.safe_dump({"repos": [repo]}, allow_unicode=True)
        (letters / ".pre-commit-config.yaml").write_text(settings, encoding="utf-8")
        environment = {"PRE_COMMIT_HOME": str(home), "VIPCOPY_CACHE": str(home / "cache"), "PRE_COMMIT_COLOR": "never"}
        program = (sys.executable, "-m", "pre_commit", *(command or ("run",)), name, "--files")
        return run(*program, *files, cwd=letters, **environment)

    return call


@pytest.mark.parametrize(
    ("name", "files", "code", "says"),
    [
        pytest.param("vipcopy", ["good.txt"], 0, "Passed", id="good"),
        pytest.param("vipcopy", ["good.txt", "bad.html"], 1, "urgency/hurry", id="bad"),
        pytest.param("vipcopy", ["good.txt", "warned.md"], 0, "urgency/today", id="warnings are visible"),
        pytest.param("vipcopy", ["bad.mjml"], 0, "no files to check", id="a template is for the other hook"),
        pytest.param("vipcopy-files", ["bad.mjml", "good.eml"], 1, "bad.mjml: 2 замечания", id="template"),
        pytest.param("vipcopy-files", ["good.eml"], 0, "Passed", id="mail"),
    ],
)
def test_the_hook_tells_good_letters_from_bad_ones(pre_commit, name, files, code, says):
    done = pre_commit(name, *files)
    assert (done.returncode, says in done.stdout) == (code, True), done.stdout + done.stderr


def test_the_hook_can_be_tried(pre_commit, hook):
    done = pre_commit("vipcopy", "bad.html", command=("try-repo", str(hook)))
    assert (done.returncode, "urgency/hurry" in done.stdout) == (1, True), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "files", "code"),
    [
        (["--fail-on", "warning"], ["warned.md"], 1),
        (["--fail-on", "never", "--format", "github"], ["bad.html"], 0),
        (["--select", "discount"], ["warned.md"], 0),
    ],
)
def test_the_hook_takes_args(pre_commit, arguments, files, code):
    done = pre_commit("vipcopy", *files, args=arguments)
    assert done.returncode == code, done.stdout + done.stderr


def test_the_hook_obeys_the_settings_of_the_repository(pre_commit, letters):
    (letters / ".vipcopy.yml").write_text("packs: ./pack\nexclude: old.txt\nignore: urgency\n", encoding="utf-8")
    done = pre_commit("vipcopy", "old.txt", "bad.html")
    assert (done.returncode, "old.txt" in done.stdout, "urgency" in done.stdout) == (1, False, False), done.stdout


def test_the_hook_lives_with_a_baseline(pre_commit, letters):
    program = Path(sys.executable).with_name("vipcopy")
    written = run(program, "baseline", "write", "old.txt", cwd=letters)
    assert written.returncode == 0, written.stderr
    settings = "packs: ./pack\nbaseline: .vipcopy-baseline.json\n"
    (letters / ".vipcopy.yml").write_text(settings, encoding="utf-8")
    (letters / "new.txt").write_text(f"Часы готовы.\n\n{BAD}", encoding="utf-8")
    (letters / "newer.txt").write_text("Скидка.\n", encoding="utf-8")
    codes = [pre_commit("vipcopy", *files).returncode for files in (["old.txt"], ["new.txt"], ["newer.txt"])]
    assert codes == [0, 0, 1]


def test_the_hook_takes_extras(pre_commit):
    done = pre_commit("vipcopy", "good.txt", "bad.html", additional_dependencies=["pymorphy3[fast]"])
    assert (done.returncode, "urgency/hurry" in done.stdout) == (1, True), done.stdout + done.stderr
