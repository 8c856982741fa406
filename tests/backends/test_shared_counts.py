"""Counts of several processes in one file: none is lost, none outlives its period, and the file tells no addresses."""

import multiprocessing
from pathlib import Path

from taizhang.backends.shared_counts import SharedCounts


def _count(file: Path, times: int) -> None:
    counts = SharedCounts(file, "secret")
    for _ in range(times):
        counts.count("192.0.2.1", 7)


def test_processes_count_together(tmp_path: Path) -> None:
    file = tmp_path / "counts"
    started = multiprocessing.get_context("spawn")
    others = [started.Process(target=_count, args=(file, 300)) for _ in range(3)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert SharedCounts(file, "secret").count("192.0.2.1", 7) == 901


def test_each_key_and_each_period_is_counted_by_itself(tmp_path: Path) -> None:
    counts = SharedCounts(tmp_path / "counts", "secret")
    assert [counts.count("a", 1), counts.count("a", 1), counts.count("b", 1), counts.count("a", 2)] == [1, 2, 1, 1]


def test_many_keys_are_counted_exactly_and_the_file_does_not_grow(tmp_path: Path) -> None:
    file = tmp_path / "counts"
    counts = SharedCounts(file, "secret")
    size = file.stat().st_size
    for _ in range(2):
        told = [counts.count(f"198.51.100.{n}", 1) for n in range(2000)]
    assert set(told) == {2}
    assert file.stat().st_size == size


def test_the_file_shows_no_address_and_only_its_account_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "counts"
    SharedCounts(file, "secret").count("192.0.2.1", 1)
    assert b"192.0.2.1" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
