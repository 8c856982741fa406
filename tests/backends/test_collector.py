"""The cycle collector is held back for a run and always given back."""

import gc
import threading

import pytest

from taizhang.backends.collector import collector_held


def test_the_collector_rests_during_a_run_and_works_after_it() -> None:
    with collector_held():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_run_that_fails_gives_the_collector_back() -> None:
    with pytest.raises(ZeroDivisionError), collector_held():
        _ = 1 / 0
    assert gc.isenabled()


def test_the_last_of_two_runs_gives_it_back() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def run() -> None:
        with collector_held():
            begun.set()
            go_on.wait(10)

    other = threading.Thread(target=run)
    with collector_held():
        other.start()
        assert begun.wait(10)
    assert not gc.isenabled()
    go_on.set()
    other.join(10)
    assert gc.isenabled()


def test_a_process_that_had_it_switched_off_keeps_it_so() -> None:
    gc.disable()
    try:
        with collector_held():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
