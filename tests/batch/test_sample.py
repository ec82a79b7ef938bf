"""The sample is the same each time, stands for the whole, and reviewers' decisions come back as honest figures."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimlint.batch.precision import kappa, measure, wilson
from claimlint.batch.sample import COLUMNS, _allotted
from claimlint.errors import UsageError
from tests.batch import archives
from tests.batch.running import batch, run


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Findings of several sorts on several sites."""
    folder = tmp_path_factory.mktemp("sample")
    run(folder / "out", archives.warc(folder / "a.warc.gz", archives.sites(60, words=5)))
    return folder / "out"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_a_sample_is_drawn_again_alike_and_with_another_seed_otherwise(dataset: Path, tmp_path: Path) -> None:
    """Dataset, size and seed decide; no row twice; every stratum is there with its size."""
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        assert batch("sample", "--out", dataset, "--size", 40, "--seed", seed, "-o", tmp_path / name).returncode == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() != (tmp_path / "c").read_bytes()
    drawn = rows(tmp_path / "a")
    assert len({row["id"] for row in drawn}) == len(drawn) == 40
    assert {row["kind"] for row in drawn} == {"finding", "no finding"}
    strata = {row["stratum"]: int(row["stratum_size"]) for row in drawn if row["kind"] == "finding"}
    done = batch("sql", "SELECT severity || '/' || category AS s, count(*) AS n FROM findings GROUP BY s", "--out", dataset, "--format", "json")
    assert strata == {one["s"]: one["n"] for one in json.loads(done.stdout)}


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 500), min_size=1, max_size=12), st.integers(2, 300))
def test_rows_are_shared_out_to_the_last(sizes: dict[str, int], total: int) -> None:
    """Never more than a stratum has, and as many as were asked for where there are so many."""
    given_ = _allotted(sizes, total)
    assert all(0 < given_[name] <= sizes[name] for name in given_)
    assert sum(given_.values()) <= max(total, 2)
    if total >= 2 * len(sizes):
        assert sum(given_.values()) == min(total, sum(sizes.values()))


def test_wilson_is_what_the_books_say() -> None:
    """Values of Newcombe (1998), table I."""
    assert [round(one, 4) for one in wilson(81, 263)] == [0.2553, 0.3662]
    assert [round(one, 4) for one in wilson(0, 20)] == [0.0, 0.1611]
    assert wilson(0, 0) == (0.0, 1.0)


def test_kappa_is_what_the_books_say() -> None:
    """50 rows, 20 both right, 15 both wrong, 5 and 10 one way each: 0.4."""
    pairs = [("right", "right")] * 20 + [("wrong", "wrong")] * 15 + [("right", "wrong")] * 5 + [("wrong", "right")] * 10
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([]) is None
    assert kappa([("right", "right")] * 3) is None


def review(path: Path, decisions: list[tuple[str, int, str]], reviewer: str = "") -> str:
    """A reviewed file: (stratum, its size, decision) a row."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for number, (stratum, size, decision) in enumerate(decisions):
            writer.writerow(
                {"id": number, "kind": "finding", "stratum": stratum, "stratum_size": size, "decision": decision, "reviewer": reviewer, "dataset": "x"}
            )
    return str(path)


def test_precision_weighs_each_stratum_by_its_size(tmp_path: Path) -> None:
    """Nine of ten right in a stratum of 900, one of ten in one of 100: 0.82, not one half."""
    decisions = [("big", 900, "right")] * 9 + [("big", 900, "wrong")] + [("small", 100, "right")] + [("small", 100, "wrong")] * 9
    (figure,) = measure([review(tmp_path / "a.csv", decisions)])["figures"]
    assert figure["share"] == pytest.approx(0.82)
    assert figure["low"] < 0.82 < figure["high"]
    spread = math.sqrt((0.9**2 * 0.09 * (1 - 10 / 900) + 0.1**2 * 0.09 * 0.9) / 10)
    assert figure["high"] - figure["low"] == pytest.approx(2 * 1.96 * spread, rel=0.25)


def test_reviewers_who_differ_are_named_and_a_tie_is_undecided(tmp_path: Path) -> None:
    """The row is listed; it counts for neither side."""
    files = [
        review(tmp_path / "anna.csv", [("s", 4, "right"), ("s", 4, "right"), ("s", 4, "wrong")]),
        review(tmp_path / "b.csv", [("s", 4, "right"), ("s", 4, "wrong"), ("s", 4, "wrong"), ("s", 4, "")], "Bela"),
    ]
    found = measure(files)
    assert found["reviewers"] == ["Bela", "anna"]
    assert [one["id"] for one in found["disagreements"]] == ["1"]
    assert found["agreement"][0]["agreed"] == 2
    assert found["figures"][0]["unsure"] == 1
    assert found["figures"][0]["share"] == 0.5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n", "has no column 'id'"),
        ("id,decision,reviewer,kind,stratum,stratum_size\n1,maybe,,finding,s,4\n", r"bad\.csv:2: 'maybe' is no decision"),
        ("id,decision,reviewer,kind,stratum,stratum_size\n1,right,,finding,s,x\n", r"bad\.csv:2: 'stratum_size' is no number"),
        ("id,decision,reviewer,kind,stratum,stratum_size\n1,,,finding,s,4\n", "no row has a decision yet"),
    ],
)
def test_a_file_that_can_not_be_used_is_said_with_its_line(content: str, said: str, tmp_path: Path) -> None:
    """And what to write instead."""
    (tmp_path / "bad.csv").write_text(content)
    with pytest.raises(UsageError, match=said):
        measure([str(tmp_path / "bad.csv")])
