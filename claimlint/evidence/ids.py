"""Recognises DOI, PMID and trial numbers in copy, and says whether one is well formed.

A claim is only as good as what it cites: the ids are tied to the sentences that they follow, and a
team's own records name their references by them. Nothing is looked up on line.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_DOI = r"10\.\d{4,9}/[^\s\"'<>()\[\]{},;]{1,200}(?:\([^\s()]{1,40}\)[^\s\"'<>()\[\]{},;]{0,200})?"
_FIND = re.compile(
    rf"(?P<doi>(?<![\w.]){_DOI})"
    r"|\bPMID:?\s?(?P<pmid>\d{1,8})\b"
    r"|pubmed\.ncbi\.nlm\.nih\.gov/(?P<pubmed>\d{1,8})\b"
    r"|\b(?P<nct>NCT\d{8})\b",
    re.IGNORECASE,
)
_FORMS = {
    "doi": re.compile(rf"{_DOI}", re.IGNORECASE),
    "pmid": re.compile(r"[1-9]\d{0,7}"),
    "nct": re.compile(r"NCT\d{8}"),
}
FORMS = {
    "doi": "a DOI such as 10.1000/182",
    "pmid": "digits alone, at most eight",
    "nct": "NCT and eight digits",
}
"""What a well-formed id of each kind looks like, for messages."""
_TRIAL = re.compile(r"\b([A-Z][A-Z0-9]{2,}(?:-[A-Z0-9]+)*(?: I{1,3})?)\s(?:trial|study|TRIAL|STUDY)\b")
_NO_NAMES = frozenset({"RCT", "FDA", "EMA", "NIH", "MSC", "HSCT", "EU", "USA"})


class Id(NamedTuple):
    """An id in a text: its kind (doi, pmid, nct), the id itself and its offsets."""

    kind: str
    value: str
    start: int
    end: int


def ids_in(text: str) -> list[Id]:
    """Every id in the text, in order."""
    out = []
    for match in _FIND.finditer(text):
        group = match.lastgroup or ""
        value = match[group]
        end = match.end(group)
        if group == "doi":
            kept = value.rstrip(".:!?")
            end -= len(value) - len(kept)
            value = kept
        kind = "pmid" if group == "pubmed" else group
        out.append(Id(kind, value.upper() if kind == "nct" else value, match.start(group), end))
    return out


def well_formed(kind: str, value: str) -> bool:
    """Whether ``value`` has the form of its ``kind`` (doi, pmid or nct)."""
    return bool(_FORMS[kind].fullmatch(value))


def trial_name(text: str) -> str | None:
    """The name of a study that the text calls a trial by name; None where it names none."""
    for match in _TRIAL.finditer(text):
        if match[1] not in _NO_NAMES:
            return match[1]
    return None
