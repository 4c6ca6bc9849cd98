"""Every engine: the same results in the same order, few batches held, workers that die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from multiprocessing import util
from pathlib import Path

import pytest

from detente.engines import Engine, available_cores, get_engine
from detente.errors import BadArgumentError, CheckError, DetenteError, MissingExtraError, ReadError
from reference.workloads import (
    Double,
    Fatal,
    Meeting,
    Torn,
    refuse,
    refuse_by_check,
    threads_of_blas,
    unsendable,
)

try:
    import distributed

    HAS_DASK = distributed is not None
except ImportError:
    HAS_DASK = False

needs_dask = pytest.mark.skipif(not HAS_DASK, reason="needs the extra detente[dask]")
# What the libraries themselves warn of at start and end says nothing about our use of them.
quiet_dask = pytest.mark.filterwarnings("ignore:::distributed", "ignore:::tornado", "ignore:::dask")

EACH = [
    "serial",
    "processes",
    pytest.param("dask", marks=[needs_dask, quiet_dask]),
]
SPREAD = EACH[1:]


@pytest.mark.parametrize("name", EACH)
def test_results_come_in_the_order_of_the_batches(name):
    engine = get_engine(name, workers=2)
    assert isinstance(engine, Engine)
    assert engine.name == name
    found = list(engine.map_batches(Double(pause=0.02), range(15)))
    assert found == [2 * number for number in range(15)]


@pytest.mark.parametrize("name", EACH)
def test_only_a_few_batches_are_taken_before_their_results_are_used(name):
    taken = 0

    def batches():
        nonlocal taken
        for number in range(40):
            taken += 1
            yield number

    ahead = []
    for place, _ in enumerate(get_engine(name, workers=2).map_batches(Double(), batches()), 1):
        ahead.append(taken - place)
    assert len(ahead) == 40
    assert max(ahead) <= 4


def test_no_worker_waits_for_the_first_result_of_a_list(tmp_path):
    meeting = Meeting(str(tmp_path / "last"), last=7)
    results = get_engine("processes", workers=2).map_batches(meeting, list(range(8)))
    assert list(results) == list(range(8))


def test_a_worker_computes_on_one_core_unless_the_user_says_otherwise(monkeypatch):
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        monkeypatch.delenv(name, raising=False)
    assert list(get_engine("processes", workers=1).map_batches(threads_of_blas, [0])) == [1]
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    (asked,) = get_engine("processes", workers=1).map_batches(threads_of_blas, [0])
    assert asked == min(2, available_cores())


@pytest.mark.parametrize("name", EACH)
def test_an_error_of_the_function_arrives_as_it_was_raised(name):
    results = get_engine(name, workers=2).map_batches(refuse, range(1, 9))
    assert [next(results), next(results)] == [1, 2]
    with pytest.raises(ReadError, match=r"Row 3 is bad\. Mend it\.") as caught:
        next(results)
    assert (caught.value.row, caught.value.file, caught.value.remedy) == (3, "a.csv", "Mend it.")


def test_a_check_error_keeps_its_problems_between_processes():
    results = get_engine("processes", workers=1).map_batches(refuse_by_check, [7])
    with pytest.raises(CheckError, match="Not a date") as caught:
        next(results)
    assert [problem.row for problem in caught.value.problems] == [7]


@pytest.mark.parametrize("name", EACH)
def test_what_was_handed_out_before_an_error_of_the_input_is_still_computed(name):
    def batches():
        yield from (1, 2, 3)
        raise ReadError("The file ends in the middle.")

    results = get_engine(name, workers=2).map_batches(Double(), batches())
    assert [next(results) for _ in range(3)] == [2, 4, 6]
    with pytest.raises(ReadError, match="in the middle"):
        next(results)


@pytest.mark.parametrize("name", SPREAD)
def test_the_part_of_a_killed_worker_is_computed_again(name, tmp_path):
    marker = tmp_path / "killed"
    found = list(get_engine(name, workers=2).map_batches(Fatal(5, str(marker)), range(12)))
    assert found == [2 * number for number in range(12)]
    assert len(marker.read_text().split()) == 1  # it was killed, and once


def test_a_worker_that_dies_over_the_same_part_again_is_a_clear_error(tmp_path):
    function = Fatal(5, str(tmp_path / "killed"), always=True)
    results = get_engine("processes", workers=2).map_batches(function, range(12))
    assert [next(results) for _ in range(5)] == [0, 2, 4, 6, 8]
    with pytest.raises(DetenteError, match="ended twice while it computed batch 6") as caught:
        next(results)
    assert "serial" in caught.value.remedy


@pytest.mark.parametrize("workers", [1, 3])
def test_a_worker_that_dies_while_it_sends_its_result_costs_its_part_alone(workers, tmp_path):
    marker = tmp_path / "killed"
    engine = get_engine("processes", workers=workers)
    found = list(engine.map_batches(Torn(4, str(marker)), range(9)))
    assert found == [bytes([number]) * 100_000 for number in range(9)]
    assert len(marker.read_text().split()) == 1
    results = engine.map_batches(Torn(1, str(marker), always=True), range(3))
    assert next(results) == bytes(100_000)
    with pytest.raises(DetenteError, match="ended twice while it computed batch 2"):
        next(results)


def test_an_error_or_a_result_that_cannot_be_sent_is_told():
    engine = get_engine("processes", workers=1)
    with pytest.raises(Exception, match="lambda"):
        list(engine.map_batches(unsendable, [1]))
    with pytest.raises(RuntimeError, match="ValueError: of its own kind"):
        list(engine.map_batches(unsendable, [2]))
    with pytest.raises(DetenteError, match="cannot be read") as caught:
        list(engine.map_batches(unsendable, [3]))
    assert "serial" in caught.value.remedy


def test_results_that_are_never_used_up_do_not_keep_python_from_ending(tmp_path):
    script = tmp_path / "main.py"
    script.write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[1])!r})\n"
        "from detente.engines import get_engine\n"
        "from reference.workloads import Double\n"
        "if __name__ == '__main__':\n"
        "    results = get_engine('processes', workers=1).map_batches(Double(), range(9))\n"
        "    print(next(results))\n"
    )
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "0\n", "")


@needs_dask
@quiet_dask
def test_a_cluster_without_workers_is_named(monkeypatch):
    monkeypatch.setattr("detente.engines.cluster._NO_WORKER", 0.2)
    with distributed.LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as cluster:
        engine = get_engine("dask", scheduler=cluster.scheduler_address)
        with pytest.raises(DetenteError, match="has no workers") as caught:
            next(engine.map_batches(Double(), [1]))
    assert cluster.scheduler_address in str(caught.value)
    assert f"dask worker {cluster.scheduler_address}" in caught.value.remedy


@needs_dask
@quiet_dask
def test_a_part_that_kills_every_worker_of_a_cluster_is_a_clear_error(tmp_path):
    function = Fatal(2, str(tmp_path / "killed"), always=True)
    # A worker takes what it was given along, so a batch beside the fatal one may be lost as often.
    told = "ended again and again over batch [123] or one under way beside it"
    with pytest.raises(DetenteError, match=told):
        list(get_engine("dask", workers=2).map_batches(function, range(4)))


@needs_dask
@quiet_dask
def test_a_running_cluster_is_used_by_its_address():
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        engine = get_engine("dask", scheduler=cluster.scheduler_address)
        assert list(engine.map_batches(Double(), range(3))) == [0, 2, 4]
        # It goes on for others.
        with distributed.Client(cluster) as client:
            assert len(client.scheduler_info()["workers"]) == 1


@needs_dask
@quiet_dask
def test_a_scheduler_that_does_not_answer_is_named(monkeypatch):
    monkeypatch.setattr("detente.engines.cluster._PATIENCE", 0.5)
    engine = get_engine("dask", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(DetenteError, match=r"No Dask scheduler answers at tcp://127.0.0.1:9"):
        next(engine.map_batches(Double(), [1]))


def test_a_missing_extra_is_named_with_the_install_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'detente\[dask\]'"):
        get_engine("dask")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"name": "proceses"}, "Did you mean 'processes'"),
        ({"name": "processes", "workers": 0}, "at least 1"),
        ({"name": "serial", "scheduler": "tcp://a:1"}, "engine dask"),
    ],
)
def test_bad_arguments_are_named(asked, told):
    with pytest.raises(BadArgumentError, match=told):
        get_engine(**asked)


def test_a_function_that_cannot_be_sent_is_named_before_work_starts():
    results = get_engine("processes", workers=1).map_batches(lambda batch: batch, [1])
    with pytest.raises(BadArgumentError, match="cannot be sent to other processes"):
        next(results)


def test_closing_the_results_early_ends_the_workers():
    results = get_engine("processes", workers=2).map_batches(Double(), range(100))
    next(results)
    results.close()
    import multiprocessing

    assert not multiprocessing.active_children()


def test_workers_end_when_their_parent_is_killed(tmp_path):
    script = tmp_path / "main.py"
    script.write_text(
        "import sys, os, signal\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[1])!r})\n"
        "from detente.engines import get_engine\n"
        "from reference.workloads import Double\n"
        "import multiprocessing\n"
        "if __name__ == '__main__':\n"
        "    results = get_engine('processes', workers=2).map_batches(Double(), range(100))\n"
        "    next(results)\n"
        "    print(*(c.pid for c in multiprocessing.active_children()), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    pids = [int(word) for word in done.stdout.split()]
    assert pids
    for _ in range(200):
        if not any(map(_is_running, pids)):
            return
        time.sleep(0.05)
    pytest.fail("a worker outlived its parent")


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A process that has ended and that nobody has asked about yet still has its number.
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z" if stat.exists() else True
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(os.name != "posix", reason="workers are started in another way")
def test_ctrl_c_while_workers_are_started_does_not_reach_them(monkeypatch, capfd):
    spawn = util.spawnv_passfds

    def interrupted(*args):
        pid = spawn(*args)
        os.kill(pid, signal.SIGINT)  # as a terminal does, to all of the group
        return pid

    monkeypatch.setattr(util, "spawnv_passfds", interrupted)
    engine = get_engine("processes", workers=2)
    assert list(engine.map_batches(len, ["a", "bc", "def"])) == [1, 2, 3]
    assert capfd.readouterr().err == ""


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux tells of a process")
def test_every_worker_is_deaf_to_ctrl_c_from_its_first_moment(tmp_path):
    # A new interpreter has not yet started what multiprocessing itself starts beside workers.
    script = tmp_path / "main.py"
    script.write_text(
        "import multiprocessing\n"
        "from pathlib import Path\n"
        "from detente.engines import get_engine\n"
        "if __name__ == '__main__':\n"
        "    results = get_engine('processes', workers=2).map_batches(len, ['a', 'bc', 'def'])\n"
        "    next(results)\n"
        "    for child in multiprocessing.active_children():\n"
        "        print(Path(f'/proc/{child.pid}/status').read_text())\n"
        "    results.close()\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    masks = [int(line.split()[1], 16) for line in done.stdout.splitlines() if "SigBlk" in line]
    assert masks
    assert all(mask >> (signal.SIGINT - 1) & 1 for mask in masks)
