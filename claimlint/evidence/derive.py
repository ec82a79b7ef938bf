"""Combines what documents assert into one claimed tier per pair, and what studies found into one tier.

The rules are pure functions of plain records, so that a person can re-check any tier by hand and the
command that reads documents only has to supply the assertions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Assertion = Mapping[str, Any]
"""One entry of ``assertions`` in a seed record (claimlint/schemas/seed.schema.json)."""

Study = Mapping[str, Any]
"""One entry of ``studies`` in an evidence record: name, design, direction, and n and year if known."""

_CONTROLLED = ("controlled", "randomised")
_TRIALS = ("randomised", "phase3")


def level(assertion: Assertion, stages: Mapping[str, Mapping[str, Any]]) -> int:
    """The evidence level, 0 to 4, that one assertion claims; 0 where it asserts no benefit.

    A stage such as "randomised" counts one higher where the study can be identified (``named``).
    """
    if assertion["direction"] != "benefit":
        return 0
    stage = stages[assertion["stage"]]
    return int(stage.get("named", stage["level"]) if assertion.get("named") else stage["level"])


def cap(credibility: float, cited: bool, steps: Sequence[Mapping[str, Any]]) -> int:
    """The highest level that a document of that credibility (0 to 1) can lift a claim to.

    ``steps`` is the ``credibility`` list of seeds/tiers.yaml; ``cited`` says that the assertion names
    a primary source that can be retrieved.
    """
    for step in steps:
        if credibility < step["below"]:
            return int(str(step.get("cited", step["cap"]) if cited else step["cap"])[1])
    return int(str(steps[-1]["cap"])[1])


def claimed_tier(
    assertions: Iterable[Assertion], credibility: Mapping[str, float], tiers: Mapping[str, Any]
) -> str | None:
    """The claimed tier of assertions about one pair: the highest after each was capped; None if none counts.

    A controlled trial that found nothing makes it E0, unless a positive one as large is asserted too.
    ``credibility`` gives each document's score by the document part of an assertion's id. Documents
    that agree do not add up: they often repeat each other.
    """
    stages = {stage["id"]: stage for stage in tiers["stages"]}
    assertions = list(assertions)
    best = 0
    for assertion in assertions:
        document = str(assertion["id"]).partition(":")[0]
        # "cited" in a seed record means a review was cited; only an identified study lifts the cap.
        retrievable = bool(assertion.get("cited") and assertion.get("named"))
        limit = cap(credibility[document], retrievable, tiers["credibility"])
        best = max(best, min(level(assertion, stages), limit))
    if best and _overturned(assertions):
        return "E0"
    return f"E{best}" if best else None


def _overturned(assertions: Sequence[Assertion]) -> bool:
    """Whether a controlled trial that found nothing stands against the benefit asserted, and no positive trial as large does."""
    trials = [one for one in assertions if one["stage"] in _TRIALS]
    null = [one.get("n", 0) for one in trials if one["direction"] == "against"]
    positive = [one.get("n", 0) for one in trials if one["direction"] == "benefit"]
    return bool(null) and max(positive, default=-1) < max(null)


def combine(
    assertions: Iterable[Assertion], credibility: Mapping[str, float], tiers: Mapping[str, Any]
) -> dict[tuple[str, str], str | None]:
    """The claimed tier of each (intervention, condition) pair asserted, sorted by pair.

    Pairs stay as they are asserted: "stem cell therapy" isn't spread over kinds of cells.
    """
    pairs: dict[tuple[str, str], list[Assertion]] = {}
    for assertion in assertions:
        for condition in assertion["conditions"]:
            pairs.setdefault((assertion["intervention"], condition), []).append(assertion)
    return {pair: claimed_tier(found, credibility, tiers) for pair, found in sorted(pairs.items())}


def unspecified(tiers: Iterable[str | None]) -> str | None:
    """The tier of a claim that doesn't say which candidate it means: the lowest on record."""
    return min((tier for tier in tiers if tier), default=None)


def resolve(studies: Sequence[Study]) -> tuple[str | None, frozenset[str]]:
    """The tier and flags that studies of one pair and subtype amount to; (None, none) without any.

    - A controlled trial that found nothing makes E0 and N, unless a positive controlled trial stands
      against it: as large, or later where a size is unknown. That leaves E3 and X.
    - A review that pools small trials can't undo a null trial: E3 and X at best.
    - Two positive randomised trials make E4; one, or a review alone, E3; work without a control
      group E2; animals E1.
    """
    positive = [study for study in studies if study["direction"] == "positive"]
    trials = [study for study in positive if study["design"] in _CONTROLLED]
    null = [s for s in studies if s["direction"] == "negative" and s["design"] in _CONTROLLED]
    reviews = [study for study in positive if study["design"] == "review"]
    if null:
        standing = [study for study in trials if all(_stands(study, one) for one in null)]
        if standing or reviews:
            return "E3", frozenset({"X"})
        return "E0", frozenset({"N"})
    if any(study["direction"] == "mixed" for study in studies if study["design"] in (*_CONTROLLED, "review")):
        return "E3", frozenset({"X"})
    if sum(study["design"] == "randomised" for study in trials) > 1:
        return "E4", frozenset()
    if trials or reviews:
        return "E3", frozenset()
    if any(study["design"] == "uncontrolled" for study in positive):
        return "E2", frozenset()
    if any(study["design"] == "animal" for study in positive):
        return "E1", frozenset()
    return None, frozenset()


def _stands(positive: Study, null: Study) -> bool:
    """Whether a positive trial holds against a null one: as large, or of unknown size and later."""
    size, other = positive.get("n"), null.get("n")
    if size is not None and other is not None:
        return bool(size >= other)
    return bool(positive.get("year", 0) > null.get("year", 9999))
