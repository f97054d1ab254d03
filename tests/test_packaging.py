"""Built, packed and installed, the program finds its rules: as a wheel, from an sdist and as a checkout."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from hatchling.bridge.app import Application

from vipcopy.release import VERSION

ROOT = Path(__file__).parent.parent
LIBRARIES = sysconfig.get_path("purelib")
CHECKOUT = Path(sys.executable).with_name("vipcopy")  # the program of the environment that runs the tests
LETTER = "Спешите: скидка 25 %.\n"

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    if Path(command[0]).parent != CHECKOUT.parent:
        environment["VIPCOPY_CACHE"] = str(Path(command[0]).parent.parent / "cache")  # the user's own stays as it is
    return subprocess.run(
        command, check=False, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist of this checkout and the wheel that is built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    build = run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    assert build.returncode == 0, build.stdout + build.stderr
    return folder


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program of a new environment that has our wheel of its own and borrows the libraries of this one."""
    home = tmp_path_factory.mktemp("home")
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    purelib = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).stdout.strip()
    Path(purelib, "borrowed.pth").write_text(f"{LIBRARIES}\n", encoding="utf-8")
    wheel = next(dist.glob("*.whl"))
    pip = run(*(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel), cwd=home)
    assert pip.returncode == 0, pip.stdout + pip.stderr
    return home / "bin" / "vipcopy"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder with a letter, and with rules that nobody has asked for."""
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "rules" / "vip").mkdir(parents=True)
    (tmp_path / "rules" / "vip" / "pack.yaml").write_text("это: не набор правил\n", encoding="utf-8")
    return tmp_path


def read_quotes(report: str) -> set[str]:
    return {finding["quote"] for file in json.loads(report)["files"] for finding in file["findings"]}


def test_the_sdist_holds_all_that_a_packager_needs(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "pyproject.toml",
        "LICENSE",
        "README.md",
        "CHANGELOG.md",
        "Makefile",
        "hatch_build.py",
        "requirements.lock",
        "vipcopy/model.py",
        "rules/vip/pack.yaml",
        "docs/phrases.md",
        "examples/letter.txt",
        "tests/test_packaging.py",
    } <= names


def test_the_wheel_holds_every_rule_file_of_the_checkout(dist: Path) -> None:
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as archive:
        packed = {name for name in archive.namelist() if name.startswith("vipcopy/rules/")}
    assert packed == {f"vipcopy/{path.relative_to(ROOT)}" for path in ROOT.glob("rules/**/*.yaml")}


def test_the_wheel_brings_our_rules_compiled(installed: Path, elsewhere: Path) -> None:
    script = "import sys, vipcopy; vipcopy.check('Новая скидка.'); print('vipcopy.compiling.compiler' in sys.modules)"
    first = run(installed.with_name("python"), "-P", "-c", script, cwd=elsewhere)
    assert (first.returncode, first.stdout, first.stderr) == (0, "False\n", "")
    assert run(installed, "cache", cwd=elsewhere).stdout.startswith("С программой: ")


def build_with_hook(checkout: Path, compiles: str) -> dict[str, str]:
    """What our hook adds to the wheel of a checkout whose `compile_ours` does this."""
    (checkout / "vipcopy" / "compiling").mkdir(parents=True)
    (checkout / "vipcopy" / "__init__.py").touch()
    (checkout / "vipcopy" / "errors.py").write_text("class VipcopyError(Exception): pass", encoding="utf-8")
    program = f"from vipcopy.errors import VipcopyError\ndef compile_ours(folder): {compiles}"
    (checkout / "vipcopy" / "compiling" / "library.py").write_text(program, encoding="utf-8")
    hook = runpy.run_path(str(ROOT / "hatch_build.py"))["CompiledRules"](
        str(checkout), {}, None, None, "", "wheel", Application()
    )
    packed: dict[str, dict[str, str]] = {"force_include": {}}
    hook.initialize("standard", packed)
    hook.finalize("standard", packed, "")
    return packed["force_include"]


def test_a_checkout_may_lie_in_a_folder_of_any_name(tmp_path: Path) -> None:
    packed = build_with_hook(tmp_path / "12:30; письма", "(folder / 'rules').touch()")
    assert list(packed.values()) == ["vipcopy/compiled/rules"]


def test_a_rule_that_is_broken_ends_the_build_in_a_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_with_hook(tmp_path, "raise VipcopyError('a.yaml:3:1: no bad')")
    assert capfd.readouterr().err.splitlines() == [
        "a.yaml:3:1: no bad",
        "vipcopy: the rules of this checkout can't be compiled; the lines above say why",
    ]


def test_a_checkout_compiles_its_rules_itself() -> None:
    assert not (ROOT / "vipcopy" / "compiled").exists()


def test_the_wheel_holds_every_file_of_the_page(dist: Path) -> None:
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as archive:
        packed = {name for name in archive.namelist() if name.startswith("vipcopy/web/") and not name.endswith(".py")}
    files = [*ROOT.glob("vipcopy/web/static/*"), ROOT / "vipcopy/web/openapi.json"]
    assert packed == {str(path.relative_to(ROOT)) for path in files}


def test_the_wheel_holds_what_the_cms_parts_show(dist: Path) -> None:
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as archive:
        packed = set(archive.namelist())
    shown = [path for path in (ROOT / "vipcopy" / "contrib").rglob("*") if path.suffix in {".html", ".css", ".js"}]
    assert {str(path.relative_to(ROOT)) for path in shown} - packed == set() != set(shown)


def test_the_installed_program_is_the_wheel_and_not_the_checkout(installed: Path, elsewhere: Path) -> None:
    python = installed.with_name("python")
    where = run(python, "-c", "import vipcopy; print(vipcopy.__file__)", cwd=elsewhere).stdout.strip()
    assert Path(where).is_relative_to(installed.parent.parent)


def test_the_installed_program_lists_the_rules_of_the_checkout(installed: Path, elsewhere: Path) -> None:
    here = run(CHECKOUT, "rules", cwd=elsewhere)
    there = run(installed, "rules", cwd=elsewhere)
    assert (there.returncode, there.stdout, there.stderr) == (0, here.stdout, here.stderr)
    assert "urgency/hurry" in there.stdout


def test_the_installed_program_checks_a_letter_in_any_folder(installed: Path, elsewhere: Path) -> None:
    check = run(installed, "check", "--format", "json", "letter.txt", cwd=elsewhere)
    assert (check.returncode, check.stderr) == (1, "")
    assert {"Спешите", "скидка"} <= read_quotes(check.stdout)
    packed = run(
        installed.with_name("python"),
        "-c",
        "from importlib import metadata; print(metadata.version('vipcopy'))",
        cwd=elsewhere,
    )
    assert json.loads(check.stdout)["vipcopy"] == packed.stdout.strip() == VERSION


def test_the_checkout_finds_its_rules_from_another_folder(elsewhere: Path) -> None:
    check = run(CHECKOUT, "check", "--format", "json", "letter.txt", cwd=elsewhere)
    assert (check.returncode, check.stderr) == (1, "")
    assert {"Спешите", "скидка"} <= read_quotes(check.stdout)


def read_lock() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_lock_file_names_no_address_and_hashes_every_package() -> None:
    lock = read_lock()
    hashed = re.findall(r"^[\w-]+==\S+ \\\n    --hash=sha256:\w{64}", lock, re.MULTILINE)
    assert "://" not in lock
    assert len(hashed) == lock.count("==")


def test_the_lock_file_pins_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    wanted = [
        *project["project"]["dependencies"],
        *extras["fast"],
        *project["dependency-groups"]["dev"],
    ]
    names = {re.match(r"[\w-]+", each).group().lower() for each in wanted}
    assert names <= set(re.findall(r"^([\w-]+)==", read_lock(), re.MULTILINE))
