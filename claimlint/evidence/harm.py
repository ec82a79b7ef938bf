"""Statements of harm ("causes fever", "carries a risk of infection") held against the safety record of their treatment.

They are no claims of benefit: a record that tells the same harm bears them out, and one that is silent neither does nor denies it.
"""

from __future__ import annotations

import re
from datetime import date

from claimlint.evidence.registry import Registry, tier_of
from claimlint.evidence.verdict import settle
from claimlint.model import Claim, Verdict

_HARM = re.compile(
    r"\b(?:caus(?:e|es|ed|ing)|(?:risks?|chances?) of|(?:side effects?|adverse \w+) (?:include|includes|included|of|like|are|were))"
    r"\s+(?:(?:a|an|the|more|some|serious|severe|fatal|high|mild|rare|later)\s+){0,3}([a-z]{4,})"
)
_TOLD_BY = 6
"""Letters of a word that tell it apart from others in a record, whatever its ending."""


def harm_verdict(claim: Claim, text: str, registry: Registry, as_of: date | None) -> Verdict | None:
    """What the safety record says of the harm that ``text`` (lower case) states of the claim's treatment.

    None where it states none, and where the record does not tell of it.
    """
    stated = _HARM.search(text)
    if claim.intervention is None or claim.negated or stated is None:
        return None
    for record in registry.find(claim.intervention, "safety"):
        told = " ".join([record["summary"], *record.get("findings", ()), record.get("wording", "")]).lower()
        if re.search(rf"\b{stated[1][:_TOLD_BY]}", told):
            known = Verdict(
                "supported",
                tier_of(record),
                registry.allowed(record),
                (str(record["id"]),),
                str(record["summary"]),
            )
            return settle(known, record, as_of)
    return None
