"""The combination rules: the committed claimed and verified tiers come out of the records beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claimlint.evidence import derive
from claimlint.rules.locate import data_folder

FOLDER = data_folder("seeds")


def read(path: Path) -> Any:
    """A YAML file as plain values."""
    return yaml.safe_load(path.read_text("utf-8"))


TIERS = read(FOLDER / "tiers.yaml")
SEEDS = [read(path) for path in sorted(FOLDER.glob("[0-9]*.yaml"))]
EVIDENCE = read(FOLDER / "evidence.yaml")
RECORDS = EVIDENCE["records"] + EVIDENCE["mechanism_records"]
ASSERTIONS = {entry["id"]: entry for seed in SEEDS for entry in seed["assertions"]}
CREDIBILITY = {seed["id"]: seed["credibility"]["estimate"] for seed in SEEDS}


@pytest.mark.parametrize("record", [r for r in RECORDS if "claimed" in r], ids=lambda record: record["id"])
def test_claimed_tiers_follow_from_the_seed_records(record: dict[str, Any]) -> None:
    """The claimed tier of a record is what its seed assertions combine to."""
    asserted = [ASSERTIONS[seed] for seed in record["claimed"]["seeds"]]
    assert derive.claimed_tier(asserted, CREDIBILITY, TIERS) == record["claimed"]["tier"]


@pytest.mark.parametrize("record", [r for r in RECORDS if r.get("studies")], ids=lambda record: record["id"])
def test_verified_tiers_follow_from_the_studies(record: dict[str, Any]) -> None:
    """Where a record lists its studies, its tier and flags are what they resolve to, or it says why a person set another."""
    tier, flags = derive.resolve(record["studies"])
    assert (tier == record["verified"]["tier"]) is ("judged" not in record)
    assert flags <= set(record.get("flags", ()))


def assertion(stage: str, seed: str = "x", **more: Any) -> dict[str, Any]:
    """An assertion of benefit by the document ``seed``."""
    return {"id": f"{seed}:1", "stage": stage, "direction": "benefit", **more}


@pytest.mark.parametrize(
    ("stage", "credibility", "more", "tier"),
    [
        ("mechanism", 0.9, {}, "E1"),
        ("preclinical", 0.9, {}, "E1"),
        ("unspecified", 0.9, {}, "E1"),
        ("early", 0.9, {}, "E2"),
        ("early", 0.25, {}, "E2"),
        ("early", 0.24, {}, "E1"),
        ("phase3", 0.2, {}, "E1"),
        ("phase3", 0.5, {}, "E2"),
        ("phase3", 0.9, {}, "E2"),
        ("phase3", 0.9, {"named": True}, "E2"),
        ("phase3", 0.9, {"named": True, "cited": True}, "E3"),
        ("randomised", 0.9, {"cited": True}, "E2"),
        ("randomised", 0.9, {"named": True, "cited": True}, "E3"),
        ("approval", 0.9, {"named": True, "cited": True}, None),
        ("status", 0.9, {}, None),
        ("early", 0.9, {"direction": "harm"}, None),
    ],
)
def test_one_assertion(stage: str, credibility: float, more: dict[str, Any], tier: str | None) -> None:
    """The stage sets the level, the document's credibility caps it, and E4 is never claimed."""
    assert derive.claimed_tier([assertion(stage, **more)], {"x": credibility}, TIERS) == tier


def test_weak_documents_do_not_add_up() -> None:
    """Many documents of low credibility claim no more than one of them."""
    many = [assertion("phase3", seed) for seed in "abcdef"]
    assert derive.claimed_tier(many, dict.fromkeys("abcdef", 0.2), TIERS) == "E1"


def test_pairs_are_kept_apart() -> None:
    """Combining keeps each pair as asserted and spreads nothing from cells that aren't named."""
    pairs = derive.combine(ASSERTIONS.values(), CREDIBILITY, TIERS)
    assert pairs[("hematopoietic-transplant", "multiple-sclerosis")] == "E2"
    assert pairs[("stem-cell-therapy", "multiple-sclerosis")] == "E1"
    assert pairs[("darvadstrocel", "crohns-fistula")] is None
    assert list(pairs) == sorted(pairs)


def test_unspecified_takes_the_lowest() -> None:
    """Of the candidates on record the lowest counts; without any there is none."""
    assert derive.unspecified(["E4", None, "E0"]) == "E0"
    assert derive.unspecified([None]) is None


def study(design: str, direction: str, n: int | None = None, year: int = 2020) -> dict[str, Any]:
    """A study; its size is left out where None."""
    return {"name": "s", "design": design, "direction": direction, "year": year} | ({"n": n} if n else {})


POSITIVE, NEGATIVE = "positive", "negative"


@pytest.mark.parametrize(
    ("studies", "tier", "flags"),
    [
        ([], None, set()),
        ([study("animal", POSITIVE)], "E1", set()),
        ([study("uncontrolled", POSITIVE)], "E2", set()),
        ([study("randomised", POSITIVE)], "E3", set()),
        ([study("review", POSITIVE)], "E3", set()),
        ([study("randomised", POSITIVE), study("randomised", POSITIVE)], "E4", set()),
        ([study("randomised", NEGATIVE)], "E0", {"N"}),
        ([study("uncontrolled", POSITIVE, 900), study("randomised", NEGATIVE, 40)], "E0", {"N"}),
        ([study("randomised", POSITIVE, 20), study("randomised", NEGATIVE, 200)], "E0", {"N"}),
        ([study("randomised", POSITIVE, 200), study("randomised", NEGATIVE, 200)], "E3", {"X"}),
        ([study("randomised", POSITIVE, None, 2010), study("randomised", NEGATIVE)], "E0", {"N"}),
        ([study("randomised", POSITIVE, None, 2024), study("randomised", NEGATIVE)], "E3", {"X"}),
        ([study("review", POSITIVE), study("randomised", NEGATIVE, 500)], "E3", {"X"}),
        ([study("review", "mixed")], "E3", {"X"}),
    ],
)
def test_resolve(studies: list[dict[str, Any]], tier: str | None, flags: set[str]) -> None:
    """Studies resolve to a tier and flags by the stated rules."""
    assert derive.resolve(studies) == (tier, frozenset(flags))


@given(
    st.lists(
        st.builds(
            study,
            st.sampled_from(["animal", "uncontrolled", "controlled", "randomised", "review"]),
            st.sampled_from([POSITIVE, NEGATIVE, "mixed"]),
            st.one_of(st.none(), st.integers(1, 900)),
            st.integers(1990, 2026),
        ),
        max_size=6,
    )
)
def test_a_null_trial_never_leaves_the_top_tier(studies: list[dict[str, Any]]) -> None:
    """Whatever else is known, E4 needs that no controlled trial found nothing; order plays no part."""
    tier, flags = derive.resolve(studies)
    null = any(s["direction"] == NEGATIVE and s["design"] in ("controlled", "randomised") for s in studies)
    assert not (null and tier == "E4")
    assert derive.resolve(studies[::-1]) == (tier, flags)
