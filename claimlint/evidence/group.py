"""Groups of patients: a record that covers one of them bears out no claim about all.

Trials show what holds in the people who took part; a sentence that speaks of others, of everyone or of nobody in particular says more.
"""

from __future__ import annotations

import re
from functools import lru_cache

from claimlint.evidence.patterns import union
from claimlint.evidence.registry import Record

_EVERYONE = re.compile(
    r"\b(?:everyone|everybody|anyone|anybody|(?:every|any) (?:patient|person|case|sufferer|form|stage|type)|"
    r"all (?:of our |our )?(?:patients|people|sufferers|cases|forms|stages|types|kinds|adults|children))\b"
)
_NEAR = 6_000
"""Characters around a claim in which its group is looked for: more than any paragraph has."""
_EXCEPTED = re.compile(r"\b(?:not|except|unlike|without|excluding|than|nor|no) (?:\w+ ){0,3}$")


def beyond_group(record: Record, text: str) -> str | None:
    """A sentence on the group that the record covers, where ``text`` (lower case) names one outside it; else None."""
    outside = phrases(tuple(record["outside"])).search(text) if "outside" in record else None
    if outside is not None and _EXCEPTED.search(text[: outside.start()]):
        outside = None
    words = outside or (_EVERYONE.search(text) if "SG" in record.get("flags", ()) else None)
    if words is None:
        return None
    return f"{_covered(record)}, and the sentence says '{words[0]}'."


def unnamed_group(record: Record, text: str) -> str | None:
    """The same where a plain claim names no group at all in ``text`` (lower case), though the record covers one alone."""
    if "inside" not in record or phrases(tuple(record["inside"])).search(text[:_NEAR]):
        return None
    return f"{_covered(record)}, and the sentence names no group."


def _covered(record: Record) -> str:
    group = record.get("qualifiers", {})
    covered = group.get("population") or group.get("subtype")
    return f"The record covers only {covered}" if covered else "The record covers a narrower group"


@lru_cache(maxsize=256)
def phrases(words: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for phrases as they stand in the registry."""
    return union(words)
