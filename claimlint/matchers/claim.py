"""The ``claim`` kind: claims by slot, strength, agent and what the evidence says of them."""

from __future__ import annotations

from collections.abc import Sequence

from claimlint.matchers import Candidate
from claimlint.model import Claim, Confidence, Rule, Scope, Verdict

_SLOTS = (
    ("effects", "effect_class"),
    ("targets", "target_kind"),
    ("agents", "agent"),
    ("interventions", "intervention"),
    ("conditions", "condition"),
    ("modal", "modal"),
)
_DECIDED = frozenset({"supported", "contradicted", "superseded", "stronger-than-evidence"})


def fired(
    rules: Sequence[Rule], claim: Claim, verdict: Verdict | None, sentence: str, scope: Scope
) -> list[tuple[Rule, Candidate]]:
    """The rules that ``claim``, which stands in a block of ``scope``, breaks; one that is never sure speaks only where no other does."""
    unsure: list[Rule] = []
    found: list[tuple[Rule, Candidate]] = []
    does, concept = claim.effect_class, claim.effect
    for rule in rules:
        effects = rule.match.get("effects")
        if (effects and does not in effects and concept not in effects) or (
            rule.scope and scope not in rule.scope
        ):
            continue  # most end here, before anything is called
        if rule.confidence is Confidence.LOW:
            unsure.append(rule)
        elif (candidate := match(rule, claim, verdict, sentence)) is not None:
            found.append((rule, candidate))
    return found or [
        (rule, one) for rule in unsure if (one := match(rule, claim, verdict, sentence)) is not None
    ]


def match(rule: Rule, claim: Claim, verdict: Verdict | None, sentence: str) -> Candidate | None:
    """The candidate that ``claim`` is for ``rule``; None where it is none.

    ``effects`` may name effect classes or effect concepts.
    """
    wanted = rule.match
    for key, slot in _SLOTS:
        names = wanted.get(key)
        if names and getattr(claim, slot) not in names and not (key == "effects" and claim.effect in names):
            return None
    strengths = wanted.get("strength")
    if strengths and claim.strength.value not in strengths:
        return None
    verdicts = wanted.get("verdicts")
    if not verdicts and rule.category == "efficacy" and verdict is not None and verdict.verdict in _DECIDED:
        return None  # the registry knows the pair: supported, or a finding of an evidence rule
    if rule.category == "mechanism" and verdict is not None and verdict.verdict == "supported":
        return None
    if verdicts and (verdict is None or verdict.verdict not in verdicts):
        return None
    floor = wanted.get("min_confidence")
    if floor and claim.confidence.rank < Confidence(floor).rank:
        return None
    if rule.unless & claim.contexts:
        return None
    offers = claim.agent == "we" or (claim.intervention is not None and "intervention" not in claim.inherited)
    return Candidate(claim.place, sentence, claim.why, claim, verdict, claim.confidence, offers)
