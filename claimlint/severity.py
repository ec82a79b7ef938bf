"""How bad a finding is on its page: the rule's severity, lowered by who speaks, what is claimed and what is known.

The contract's table of what evidence allows is kept here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable

from claimlint.language.text import Sentence
from claimlint.ledger.species import ANIMALS
from claimlint.matchers import Candidate
from claimlint.model import Rule, Severity, Signals, Strength

NOT_SELLING = frozenset({"public", "warning"})
"""Speakers whose pages sell nothing."""


def severity_of(rule: Rule, facts: Signals, found: Candidate, profile: str) -> Severity:
    """The rule's severity, lowered where the page sells nothing or the claim is hedged (CONTRACT, "what evidence allows")."""
    if facts.speaker in NOT_SELLING:
        quoted = any(reason.kind == "quoted" for reason in found.why)
        if rule.when == "promotional" or quoted or not found.offers:
            return Severity.NOTE
    if found.claim is not None and found.claim.experiencer == ANIMALS:
        return Severity.NOTE
    if rule.category == "efficacy" and found.claim is None and found.verdict is not None:
        return Severity.ERROR if found.verdict.verdict == "contradicted" else rule.severity
    if rule.category == "status" and found.verdict is not None:
        if found.verdict.verdict == "contradicted":
            return Severity.ERROR
        if found.verdict.verdict == "stale":
            return Severity.NOTE
    if rule.category == "evidence" and found.claim is not None and found.verdict is not None:
        if found.verdict.verdict == "stale":
            return Severity.NOTE
        if found.verdict.verdict == "superseded":
            return Severity.WARNING
        if found.claim.strength is Strength.HEDGED:
            return Severity.WARNING if profile == "regulator" else Severity.NOTE
    if found.severity is not None and found.severity.rank < rule.severity.rank:
        return found.severity
    return rule.severity


def offered(sentences: Iterable[Sentence]) -> set[str]:
    """Classes and concepts of the interventions that the page names."""
    out: set[str] = set()
    for sentence in sentences:
        for hit in sentence.hits:
            if hit.kind == "intervention":
                out.update((hit.cls, hit.concept))
    return out
