"""An archive with poisoned letters, audited by a real cluster of two executors: one is killed, then the driver.

`make spark` installs PySpark beside the project and runs this; Java 17 has to be there.
"""

from __future__ import annotations

import collections
import datetime
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import vipcopy
from vipcopy.contrib.archive import Archive, check_archive
from vipcopy.contrib.arrow import Columns
from vipcopy.contrib.spark import check_dataframe
from vipcopy.contrib.verdicts import Settings

pytest.importorskip("pyspark", reason="PySpark is not installed; `make spark` installs it and runs these tests")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java 17, and there is no java on the path", allow_module_level=True)

from pyspark.sql import SparkSession

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
TINY = str(HERE / "packs" / "tiny")
FILES, LETTERS = 3, 100  # files, each a lot of its own; letters of a file
TEXTS = ("Часы готовы.", "Поторопитесь: наши скидки.", "Только сегодня. Скидка.")
# What comes of a poisoned letter; one of each lies in every file but the last
POISON = {
    "Это смертельно.": "killed",
    "Это ошибочно.": "crashed",
    "Это ненасытно.": "out_of_memory",
    "я" * 600_000: "too_large",
    None: "no_text",
}
HANGING = "Это бесконечно."  # takes its time: one letter in one file
MASTER = "local-cluster[2,1,700]"
QUICK = "'-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'"  # a machine that lives for some minutes is not worth tuning
CONF = {
    "spark.executor.memory": "600m",
    "spark.driver.memory": "600m",
    "spark.ui.enabled": "false",
    "spark.sql.files.openCostInBytes": "1",  # a task for each core, though our files are small
    "spark.sql.shuffle.partitions": "2",
    "spark.driver.extraJavaOptions": QUICK,
    "spark.executor.extraJavaOptions": QUICK,
}


class Story(NamedTuple):
    """What was there, what was killed, what came of it."""

    folder: Path
    expected: dict[int, str]
    done_when_executor_died: int
    done_when_driver_died: int
    code: int

    def rows(self) -> list[dict[str, object]]:
        """The rows of all lots."""
        return pq.read_table(self.folder / "target" / "letters").to_pylist()

    def summary(self, name: str) -> list[dict[str, object]]:
        return pq.read_table(self.folder / "target" / "summary" / name).to_pylist()


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """An audit whose executor is killed at work, its driver some lots later; then the same command again."""
    folder = tmp_path_factory.mktemp("audit")
    expected = write_archive(folder / "source")
    driver = start(folder)
    try:
        os.kill(await_busy_executor(folder, driver), signal.SIGKILL)
        executor_done = count_lots(folder)
        driver_done = await_lots(folder, executor_done + 1, driver)
    finally:
        os.killpg(driver.pid, signal.SIGKILL)
        driver.wait()
    shutil.copy(folder / "log", folder / "log of the killed")
    code = finish(folder)
    return Story(folder, expected, executor_done, driver_done, code)


def test_the_killed_audit_is_finished_by_the_same_command(story):
    assert 1 == story.done_when_executor_died < story.done_when_driver_died < FILES
    lost = (story.folder / "log of the killed").read_text(encoding="utf-8")
    assert ("Lost executor" in lost, "Lost task" in lost) == (True, True)
    left = FILES - story.done_when_driver_died
    assert f"Частей: {FILES}, проверено сейчас: {left}, не удалось: 0.\n" in read_log(story.folder)
    assert story.code == 0


def test_every_letter_has_one_row_and_every_poison_its_own(story):
    told = [(row["id"], row["status"]) for row in story.rows()]
    assert sorted(told) == sorted(story.expected.items())


def test_rows_say_what_the_library_says(story):
    checker = vipcopy.load([TINY])
    reports = {text: checker.check_text(text) for text in TEXTS}
    for row in story.rows():
        if row["status"] == "checked":
            report = reports[TEXTS[row["id"] % len(TEXTS)]]
            assert (row["score"], row["words"]) == (report.score.total, report.words)
            assert [found["rule"] for found in row["found"]] == [each.rule for each in report.findings]


def test_the_summary_adds_up(story):
    rows = story.rows()
    months = story.summary("months")
    assert [row["month"] for row in months] == [None, "2026-01", "2026-02"]
    assert sum(row["letters"] for row in months) == len(rows) == FILES * LETTERS
    found = collections.Counter(each["rule"] for row in rows for each in row["found"] or ())
    totals = collections.Counter()
    for row in story.summary("rules"):
        totals[row["rule"]] += row["findings"]
    assert totals == found
    statuses = collections.Counter()
    for row in story.summary("statuses"):
        statuses[row["status"]] += row["count"]
    assert statuses == collections.Counter(row["status"] for row in rows)


def test_no_process_is_left_behind(story):
    assert wait_for(lambda: find_processes(story.folder) == [])


def test_a_done_archive_is_not_checked_again_and_a_new_file_is(story):
    write_file(story.folder / "source" / "late.parquet", FILES, {})
    (story.folder / "source" / "damaged.parquet").write_bytes(b"PAR1 and nothing more")
    code = finish(story.folder)
    assert f"Частей: {FILES + 2}, проверено сейчас: 1, не удалось: 1.\n" in read_log(story.folder)
    assert (code, len(story.rows())) == (1, (FILES + 1) * LETTERS)


def test_other_settings_need_another_target(story):
    code = finish(story.folder, "--no-quotes")
    assert (code, "с другими настройками (quotes)" in read_log(story.folder)) == (2, True)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """A session in this process."""
    builder = SparkSession.builder.master("local[1]").config("spark.local.dir", tmp_path_factory.mktemp("spark"))
    for name, value in CONF.items():
        builder = builder.config(name, value.strip("'"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYSPARK_PYTHON", sys.executable)
        session = builder.getOrCreate()
        yield session
        session.stop()


def test_columns_of_any_type_are_handed_on(spark):
    kinds = "1 AS id, 'Часы.' AS text, timestamp'2026-01-05 10:00:00' AS sent, array(date'2026-01-05') AS days"
    letters = spark.sql(f"SELECT {kinds}")
    columns = Columns(format="", kept=("sent", "days"))
    (row,) = check_dataframe(letters, Settings(packs=TINY), columns).collect()
    moment = datetime.datetime(2026, 1, 5, 10)
    assert [row.id, row.sent, row.days, row.status] == [1, moment, [moment.date()], "checked"]
    with pytest.raises(vipcopy.ConfigError, match=r"«sent» — timestamp\[us\]; нужен string или binary"):
        check_dataframe(letters, columns=Columns(text="sent", format=""))


@pytest.mark.parametrize(
    ("source", "date", "said"),
    [
        ("nothing", "", "файлов .parquet нет; проверьте путь"),
        ("source", "day", "нет столбца «day»; есть: id, text, sent"),
    ],
)
def test_an_archive_that_does_not_fit_is_a_line(spark, tmp_path, source, date, said):
    write_archive(tmp_path / "source")
    archive = Archive(str(tmp_path / source), str(tmp_path / "target"), columns=Columns(format=""), date=date)
    with pytest.raises(vipcopy.ConfigError, match=said):
        check_archive(spark, archive)
    assert not (tmp_path / "target" / "done").exists()


def write_archive(folder: Path) -> dict[int, str]:
    """Files of letters; what has to come of each."""
    folder.mkdir()
    expected: dict[int, str] = {}
    for number in range(FILES):
        poison = {7 + at: text for at, text in enumerate(POISON)} if number < FILES - 1 else {}
        if number == 1:
            poison[20] = HANGING
        expected |= write_file(folder / f"{number}.parquet", number, poison)
    return expected


def write_file(path: Path, number: int, poison: dict[int, str | None]) -> dict[int, str]:
    ids = [number * LETTERS + at for at in range(LETTERS)]
    texts = [poison.get(at, TEXTS[id % len(TEXTS)]) for at, id in enumerate(ids)]
    days = [f"2026-0{1 + at % 2}-05" if at else "когда-то" for at in range(LETTERS)]
    pq.write_table(pa.table({"id": ids, "text": texts, "sent": days}), path, row_group_size=50)
    fates = {HANGING: "timed_out", **POISON}
    return {id: fates.get(text, "checked") for id, text in zip(ids, texts, strict=True)}


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """The audit under way, in a process group of its own; what it says goes to a log."""
    path = os.pathsep.join([str(HERE.parent), str(HERE / "poison")])
    conf = {
        **CONF,
        "spark.executorEnv.PYTHONPATH": path,
        "spark.executorEnv.VIPCOPY_TEST_ONCE": folder,
        "spark.local.dir": folder,  # what a killed driver leaves behind
    }
    options = " ".join(f"--conf {name}={value}" for name, value in conf.items())
    script = HERE.parent / "examples" / "spark" / "audit_archive.py"
    settings = ["--pack", TINY, "--date", "sent", "--seconds", "3", "--lot-size", "0.000001", *arguments]
    environment = {
        **os.environ,
        "PYTHONPATH": path,
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": f"--master {MASTER} {options} pyspark-shell",
        "SPARK_LOCAL_IP": "127.0.0.1",
        "VIPCOPY_TEST_ONCE": str(folder),
    }
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, script, folder / "source", folder / "target", *settings],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def finish(folder: Path, *arguments: str) -> int:
    """The exit code of an audit that nobody kills."""
    return start(folder, *arguments).wait(timeout=1800)


def read_log(folder: Path) -> str:
    return (folder / "log").read_text(encoding="utf-8")


def count_lots(folder: Path) -> int:
    return len(list((folder / "target" / "done").glob("part-*.parquet")))


def await_lots(folder: Path, count: int, driver: subprocess.Popen[bytes]) -> int:
    """Wait until so many lots are done; how many are."""
    assert wait_for(lambda: count_lots(folder) >= count or driver.poll() is not None)
    assert driver.poll() is None, read_log(folder)
    return count_lots(folder)


def wait_for(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold within a quarter of an hour."""
    for _ in range(9000):
        if holds():
            return True
        time.sleep(0.1)
    return False


def await_busy_executor(folder: Path, driver: subprocess.Popen[bytes]) -> int:
    """Wait until a letter hangs in the sandbox of an executor; the executor."""
    assert wait_for(lambda: bool(find_busy_executors(folder)) or driver.poll() is not None)
    return find_busy_executors(folder)[0]


def find_busy_executors(folder: Path) -> list[int]:
    """The executors above the sandboxes in which a letter hangs now."""
    sandboxes = [int(path.name.rpartition("-")[2]) for path in folder.parent.glob(f"{folder.name}-*")]
    return [line[0] for line in map(find_ancestry, sandboxes) if line]


def find_ancestry(process: int) -> list[int]:
    """A process's executor and what is above it; nothing where the process is gone."""
    line = []
    while process > 1:
        line.append(process)
        process = find_parent(process)
    return [each for each in line if b"CoarseGrainedExecutorBackend" in read(each, "cmdline")]


def list_processes() -> list[int]:
    return sorted(int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())


def find_parent(process: int) -> int:
    """The parent's id: the second field after the name in brackets."""
    fields = read(process, "stat").rpartition(b")")[2].split()
    return int(fields[1]) if fields else 0


def find_processes(folder: Path) -> list[int]:
    """The processes that check letters for the audits of a folder."""
    marker = f"VIPCOPY_TEST_ONCE={folder}".encode()
    sandboxes = [each for each in list_processes() if b"vipcopy.contrib.sandbox" in read(each, "cmdline")]
    return [each for each in sandboxes if marker in read(each, "environ")]


def read(process: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""
