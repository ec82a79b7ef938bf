"""Recognises DOI, PMID and trial numbers in copy, and ties them to the claims that they follow.

A claim is only as good as what it cites, and a reviewer wants to open just that. Nothing is looked up on
line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from claimlint.model import Claim, Document
from claimlint.spans import to_source

_DOI = r"10\.\d{4,9}/[^\s\"'<>()\[\]{},;]{1,200}(?:\([^\s()]{1,40}\)[^\s\"'<>()\[\]{},;]{0,200})?"
_FIND = re.compile(
    rf"(?P<doi>(?<![\w.]){_DOI})"
    r"|\bPMID:?\s?(?P<pmid>\d{1,8})\b"
    r"|pubmed\.ncbi\.nlm\.nih\.gov/(?P<pubmed>\d{1,8})\b"
    r"|\b(?P<nct>NCT\d{8})\b",
    re.IGNORECASE,
)
_MOST = 200  # ids of one block: more is a bibliography, whose entries belong to no claim
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


def tied(document: Document, claims: Sequence[Claim]) -> list[tuple[Id, ...]]:
    """For each claim the ids that it is backed by, in order of place; offsets into the source.

    An id belongs to the last sentence of its block that claims something before it: to its claims since the
    id before. Several ids in a row belong to the same claims; one that opens a block, to those of its sentence.
    """
    out: list[tuple[Id, ...]] = [()] * len(claims)
    by_block: dict[int, list[int]] = {}
    for number, claim in enumerate(claims):
        by_block.setdefault(claim.place.block, []).append(number)
    links = sorted((link.start, found) for link in document.links for found in ids_in(link.href))
    for index, numbers in by_block.items():
        found = _in_block(document, index, links)
        if found:
            for number, ids in _ties(claims, numbers, found, document).items():
                out[number] = tuple(ids)
    return out


def _in_block(document: Document, index: int, links: Sequence[tuple[int, Id]]) -> list[Id]:
    """The ids in a block's text and in the links that stand in it, each once, as places in the source."""
    block = document.blocks[index]
    found = []
    for one in ids_in(block.text):
        start, end = to_source(block, one.start, one.end)
        found.append(one._replace(start=start, end=end))
    low, high = block.segments[0][1], block.segments[-1][2]
    known = {(one.kind, one.value.lower()) for one in found}
    for at, one in links[bisect_left(links, (low,)) : bisect_left(links, (high + 1,))]:
        if (one.kind, one.value.lower()) not in known:
            known.add((one.kind, one.value.lower()))
            found.append(one._replace(start=at, end=at))
    return sorted(found, key=lambda one: one.start)[:_MOST]


def _ties(
    claims: Sequence[Claim], numbers: Sequence[int], found: Sequence[Id], document: Document
) -> dict[int, list[Id]]:
    out: dict[int, list[Id]] = {number: [] for number in numbers}
    block = document.blocks[claims[numbers[0]].place.block]
    ends = sorted((to_source(block, claims[n].place.start, claims[n].place.end)[1], n) for n in numbers)
    taken, at = 0, 0
    last: list[int] = []
    for one in found:
        while at < len(ends) and ends[at][0] <= one.start:
            at += 1
        if at > taken:
            sentence = claims[ends[at - 1][1]].sentence
            last = [number for _, number in ends[taken:at] if claims[number].sentence == sentence]
            taken = at
        holders = last or _opened(claims, numbers, one, document)
        for number in holders:
            out[number].append(one)
    return out


def _opened(claims: Sequence[Claim], numbers: Sequence[int], one: Id, document: Document) -> list[int]:
    """The claims of the sentence that an id opens."""
    holders = []
    for number in numbers:
        sentence = claims[number].sentence
        low, high = to_source(document.blocks[sentence.block], sentence.start, sentence.end)
        if low <= one.start < high:
            holders.append(number)
    return holders


def trial_name(text: str) -> str | None:
    """The name of a study that the text calls a trial by name; None where it names none."""
    for match in _TRIAL.finditer(text):
        if match[1] not in _NO_NAMES:
            return match[1]
    return None
