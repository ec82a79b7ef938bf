"""A short, seeded run of bench/long/fuzz.py: nothing that reads crashes, hangs or breaks what readers promise."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.long import fuzz, fuzz_targets
from claimlint.errors import ReadError

TARGETS = fuzz_targets.targets(fuzz.ROOT)


@pytest.mark.parametrize("target", TARGETS, ids=[one.name for one in TARGETS])
def test_made_up_input(target: fuzz_targets.Target) -> None:
    """The sound files, those that once failed and a few mutated copies end well or in an error with a message."""
    for number in range(len(target.seeds) + 12):
        found = fuzz.tried(target.name, number, target.run, fuzz.case(target, 20, number))
        assert found is None, f"{found.what} ({found.where})"


def test_each_kept_input_belongs_to_a_target() -> None:
    """An input that is kept under a name of no target would never be run again."""
    names = tuple(f"{target.name.lstrip('.')}-" for target in TARGETS)
    assert all(file.name.startswith(names) for file in Path(fuzz.ROOT, "tests/fuzz").iterdir())


def test_cases_can_be_had_again() -> None:
    """The same target, seed and number give the same bytes, others give others."""
    target = next(one for one in TARGETS if one.name == ".html")
    many = len(target.seeds)
    assert fuzz.case(target, 1, many + 1) == fuzz.case(target, 1, many + 1)
    assert len({fuzz.case(target, seed, many + 1) for seed in range(5)}) > 3


def _loop(data: bytes) -> None:
    while True:
        pass


def _refuse(data: bytes) -> None:
    raise ReadError("it is no page: save it anew", "x")


def _break(data: bytes) -> None:
    raise KeyError("x")


def test_what_counts_as_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hangs and stray exceptions are found; errors raised on purpose are not."""
    monkeypatch.setattr(fuzz, "SECONDS", 0.05)
    assert "more than 0.05 s" in fuzz.tried("x", 0, _loop, b"").what
    assert "KeyError" in fuzz.tried("x", 0, _break, b"").what
    assert fuzz.tried("x", 0, _refuse, b"") is None
