"""Compiled rules on disk: the same after as before, and nothing foreign or damaged is believed."""

import gc
import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Set
from pathlib import Path

import pytest

import vipcopy
from vipcopy.compiling import compiler
from vipcopy.lazy import LazySequence
from vipcopy.model import Hit, Origin, Region, Severity, Source
from vipcopy.packs.loader import load_pack
from vipcopy.patterns import compile_later
from vipcopy.storage import cache
from vipcopy.storage.cache import (
    build_edition,
    build_key,
    build_mark,
    cache_folder,
    read_cached,
    write_cached,
    write_shipped,
)
from vipcopy.storage.deserializer import deserialize
from vipcopy.storage.serializer import serialize
from vipcopy.storage.stat_cache import StatCache

TINY = str(Path(__file__).parent / "packs" / "tiny")
SHARED = Region("quote", 1, 2)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("VIPCOPY_CACHE", str(folder))
    return folder


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("слово", id="plain"),
        pytest.param((SHARED, SHARED), id="shared record"),
        pytest.param(Source("фраза", Origin("rules.yaml", 1, 2)), id="record in a record"),
        pytest.param({"a": (1, 2), "b": ()}, id="plain mapping"),
        pytest.param({"a": SHARED}, id="mapping of records"),
        pytest.param(frozenset({"а", "б"}), id="plain set"),
        pytest.param(frozenset({("nomn", "sing"), Hit("r", 1, 2)}), id="set of records"),
        pytest.param(Severity.WARNING, id="enum"),
        pytest.param(compile_later("[а-я]+", re.IGNORECASE), id="pattern"),
    ],
)
def test_value_comes_back_as_it_was(value: object) -> None:
    back = deserialize(serialize(value))
    assert back == value and isinstance(back, type(value) if not isinstance(value, Mapping) else dict)


BIG = {f"слово{at}": (at, at + 1) for at in range(3000)} | {"\ud800": (0,)}


def test_big_mapping_of_words_is_read_word_by_word() -> None:
    back = deserialize(serialize(BIG))
    assert isinstance(back, Mapping) and not isinstance(back, dict)
    assert (back["слово7"], back.get("\ud800"), back.get("нет"), "нет" in back) == ((7, 8), (0,), None, False)
    assert back == BIG and len(back) == len(BIG)


class Counted(bytes):
    """Bytes that count how often a piece of them is taken."""

    taken = 0

    def __getitem__(self, piece: slice) -> bytes:
        self.taken += 1
        return super().__getitem__(piece)


def test_most_words_that_a_big_set_has_not_are_told_without_reading() -> None:
    data = Counted(serialize(frozenset(BIG)))
    words = deserialize(data)
    before = data.taken
    assert isinstance(words, Set) and not any(f"нет{at}" in words for at in range(1000))
    assert data.taken - before < 300


def test_big_set_of_words_is_read_word_by_word() -> None:
    back = deserialize(serialize(frozenset(BIG)))
    assert isinstance(back, Set) and not isinstance(back, frozenset)
    assert ("слово7" in back, "нет" in back, len(back), back) == (True, False, len(BIG), frozenset(BIG))


@pytest.mark.parametrize("value", [BIG, frozenset(BIG), LazySequence(tuple(BIG))], ids=["mapping", "set", "values"])
def test_what_is_lazy_goes_to_another_process(value: object) -> None:
    back = pickle.loads(pickle.dumps(deserialize(serialize(value))))
    assert list(back) == list(value) if isinstance(value, LazySequence) else back == value


def test_only_frozen_values_are_written() -> None:
    with pytest.raises(TypeError, match="not a serializable value"):
        serialize(["a list"])


def test_record_of_another_package_is_refused() -> None:
    foreign = serialize(Hit("r", 1, 2)).replace(b"vipcopy.model:Hit", b"posixpath:joinall")
    with pytest.raises(ValueError, match="not a record of ours"):
        deserialize(foreign)


def test_kept_value_is_read_back() -> None:
    write_cached("key", SHARED)
    assert (read_cached("key"), read_cached("other")) == (SHARED, None)


@pytest.mark.parametrize("value", [BIG, frozenset(BIG), LazySequence(tuple(BIG))], ids=["mapping", "set", "values"])
def test_what_is_read_later_is_of_the_file_that_was_opened(value: object) -> None:
    write_cached("key", value)
    kept = read_cached("key")
    write_cached("key", SHARED)  # another takes its name
    assert (
        list(kept) == list(value)
        if isinstance(kept, LazySequence) and isinstance(value, LazySequence)
        else kept == value
    )


def test_a_file_is_mapped_where_the_system_cannot_read_from_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "pread")
    write_cached("key", BIG)
    assert read_cached("key") == BIG


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no daemons")
def test_what_a_daemon_closes_is_still_read() -> None:
    write_cached("key", BIG)
    kept = read_cached("key")
    daemon = os.fork()
    if not daemon:
        is_same = False
        try:
            os.closerange(3, 1_000)
            for _ in range(100):
                os.open(__file__, os.O_RDONLY)  # others take their places
            is_same = kept == BIG
        finally:  # whatever is raised, no second run of the tests goes on here
            os._exit(not is_same)
    assert os.waitpid(daemon, 0)[1] == 0


@pytest.mark.parametrize("damage", [b"", b"vipcopy", b"garbage" * 40])
def test_damaged_file_counts_for_nothing(own_folder: Path, damage: bytes) -> None:
    write_cached("key", SHARED)
    (own_folder / "key").write_bytes(damage)
    assert read_cached("key") is None


def test_flipped_byte_is_noticed(own_folder: Path) -> None:
    write_cached("key", SHARED)
    data = bytearray((own_folder / "key").read_bytes())
    data[-1] ^= 1
    (own_folder / "key").write_bytes(data)
    assert read_cached("key") is None


def test_file_that_others_can_write_is_not_read(own_folder: Path) -> None:
    write_cached("key", SHARED)
    (own_folder / "key").chmod(0o666)
    assert read_cached("key") is None


def test_disk_that_refuses_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("a file, no folder", encoding="utf-8")
    monkeypatch.setenv("VIPCOPY_CACHE", str(tmp_path / "file"))
    write_cached("key", SHARED)
    assert read_cached("key") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_full_disk_keeps_no_half_file(own_folder: Path) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, -1))"
    script = f"{limit}; from vipcopy.storage.cache import write_cached; write_cached('key', 'слово ' * 10_000)"
    subprocess.run([sys.executable, "-c", script], check=True)
    assert list(own_folder.iterdir()) == []


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("VIPCOPY_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", home)
    assert cache_folder() is None


def test_a_home_is_found_though_no_shell_reads_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIPCOPY_CACHE", "~/.cache/vipcopy")
    assert cache_folder() == Path.home() / ".cache" / "vipcopy"


def test_cache_can_be_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIPCOPY_CACHE", "off")
    write_cached("key", SHARED)
    assert read_cached("key") is None


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a package brings it, with a value kept in it."""
    folder = tmp_path / "compiled"
    folder.mkdir()
    monkeypatch.setattr(cache, "SHIPPED", folder)
    write_shipped(folder, "key", SHARED)
    return folder


@pytest.mark.parametrize("setting", [None, "off"])
def test_what_the_package_brings_is_read_without_a_cache(
    shipped: Path, setting: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if setting:
        monkeypatch.setenv("VIPCOPY_CACHE", setting)
    assert (read_cached("key"), read_cached("other")) == (SHARED, None)


def test_what_the_user_has_kept_goes_before_what_the_package_brings(shipped: Path) -> None:
    write_cached("key", "mine")
    assert read_cached("key") == "mine"


def test_what_others_may_have_written_does_not(shipped: Path, own_folder: Path) -> None:
    write_cached("key", "theirs")
    (own_folder / "key").chmod(0o666)
    assert read_cached("key") == SHARED


def test_what_the_package_brings_is_read_where_what_the_user_has_kept_is_damaged(
    shipped: Path, own_folder: Path
) -> None:
    write_cached("key", "mine")
    (own_folder / "key").write_bytes(b"damaged")
    assert read_cached("key") == SHARED
    for _ in range(2):  # one that is damaged does not pass for the one that was found whole
        stat_cache = StatCache()
        assert stat_cache.read("key") == SHARED
        stat_cache.save()


def test_what_the_package_brings_is_compiled_anew_where_it_is_damaged(shipped: Path) -> None:
    (shipped / "key").write_bytes((shipped / "key").read_bytes()[:-1])
    assert read_cached("key") is None
    write_cached("key", SHARED)
    assert read_cached("key") == SHARED


def test_old_entries_go(own_folder: Path) -> None:
    for number in range(15):
        write_cached(build_key([], str(number)), SHARED)
    assert len(list(own_folder.iterdir())) == 12


def test_files_of_others_stay_when_old_entries_go(own_folder: Path) -> None:
    own_folder.mkdir()
    letters = [own_folder / f"letter{number}.txt" for number in range(15)]
    for letter in letters:
        letter.write_text("Ждём Вас.", encoding="utf-8")
    write_cached(build_key([]), SHARED)
    assert all(letter.exists() for letter in letters)


def test_no_garbage_is_looked_for_while_rules_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    build = compiler.build
    monkeypatch.setattr(compiler, "build", lambda *given: (seen.append(gc.isenabled()), build(*given))[1])
    vipcopy.load([TINY])
    assert (seen, gc.isenabled()) == ([False], True)


def test_key_follows_the_content_of_the_rules(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a", encoding="utf-8")
    before = build_key([tmp_path])
    (tmp_path / "a.yaml").write_text("b", encoding="utf-8")
    assert build_key([tmp_path]) != before


@pytest.mark.parametrize(("name", "is_read"), [("words.yml", True), ("WORDS.YAML", True), ("words.yaml.toml", False)])
def test_key_follows_what_a_pack_reads(tmp_path: Path, name: str, *, is_read: bool) -> None:
    (tmp_path / "pack.yaml").write_text("name: house", encoding="utf-8")
    before = build_key([tmp_path])
    (tmp_path / name).write_text("lists: {слово: [дом]}", encoding="utf-8")
    assert (build_key([tmp_path]) != before, bool(load_pack(tmp_path).lists)) == (is_read, is_read)


def test_key_follows_where_rules_are_said_to_be_and_not_where_they_lie(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "a.yaml").write_text("a", encoding="utf-8")
    assert len({build_key([folder]) for folder in folders}) == 2
    assert len({build_key([folder], "", lambda _: "rules/a") for folder in folders}) == 1


def test_rules_of_ours_tell_the_same_places_wherever_they_lie() -> None:
    origins = {rule.origin.path for pack in vipcopy.load_packs() for rule in pack.rules}
    assert "rules/vip/hedging.yaml" in origins
    assert {origin.rpartition("/")[0] for origin in origins} == {"rules/vip"}


def test_edition_is_that_of_the_content_wherever_it_is_installed(tmp_path: Path) -> None:
    def tell() -> list[str]:
        script = "from vipcopy.storage.cache import build_edition, build_mark; print(build_edition(), build_mark())"
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "VIPCOPY_CACHE": str(tmp_path / "cache")}
        command = [sys.executable, "-P", "-c", script]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout.split()

    package = Path(vipcopy.__file__).parent
    shutil.copytree(package, tmp_path / "vipcopy", copy_function=shutil.copy, ignore=shutil.ignore_patterns("*.pyc"))
    edition, mark = tell()
    assert (edition == build_edition(), mark == build_mark()) == (True, False)
    with (tmp_path / "vipcopy" / "checking" / "checker.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert tell()[0] != edition
