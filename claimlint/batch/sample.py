"""Draws what people should read to know how far findings can be trusted: findings, and claims without one, in strata.

The draw depends on dataset, size and seed alone. Each row says how many rows of the dataset it stands for, so that the reviewed file is
all that ``precision`` needs.
"""

from __future__ import annotations

import hashlib
from typing import Any

from claimlint.batch import store
from claimlint.errors import UsageError

COLUMNS = (
    "id", "decision", "reviewer", "comment", "kind", "stratum", "stratum_size", "site", "url", "quote", "sentence", "before", "after",
    "rule", "severity", "confidence", "message", "dataset",
)  # fmt: skip
_LEAST = 2
"""Rows of a stratum, where it has so many."""

_FINDINGS = """
SELECT page_id || '-f' || number AS id, 'finding' AS kind, severity || '/' || category AS stratum, site, url, quote, sentence, "before", "after",
  rule, severity, confidence, message
FROM findings WHERE suppressed IS NULL AND category <> 'housekeeping'
"""
_OTHERS = """
SELECT page_id || '-c' || number AS id, 'no finding' AS kind, 'unmarked/' || strength AS stratum, site, url, text AS quote, sentence,
  '' AS "before", '' AS "after", '' AS rule, '' AS severity, confidence, '' AS message
FROM claims WHERE strength <> 'none' AND NOT EXISTS (
  SELECT 1 FROM findings WHERE findings.page_id = claims.page_id AND findings.sentence <> '' AND findings.start < claims."end"
    AND findings."end" > claims.start AND findings.suppressed IS NULL)
"""


def draw(out: str, size: int, seed: str) -> tuple[str, str]:
    """The file for the reviewers as CSV, and what was drawn in a line. Raises UsageError where there is nothing to draw from."""
    from claimlint.reporters.csv import table
    from claimlint.reporters.view import count

    with store.connect(out) as database:
        populations = []
        for sql in (_FINDINGS, _OTHERS):
            answer = database.execute(sql)
            names = [column[0] for column in answer.description]
            strata: dict[str, list[dict[str, Any]]] = {}
            while rows := answer.fetchmany(10_000):
                for row in rows:
                    record = dict(zip(names, row, strict=True))
                    strata.setdefault(record["stratum"], []).append(record)
            populations.append(strata)
    if not any(populations):
        raise UsageError(f"{out}: has neither findings nor claims to draw from")
    halves = (size - size // 2, size // 2) if all(populations) else (size, size)
    dataset = store.bound(out).get("rules", "")
    drawn: list[dict[str, Any]] = []
    for strata, share in zip(populations, halves, strict=True):
        for name, wanted in _allotted({name: len(rows) for name, rows in strata.items()}, share).items():
            chosen = sorted(strata[name], key=lambda row: _rank(seed, row["id"]))[:wanted]
            drawn += [{**row, "stratum_size": len(strata[name]), "dataset": dataset} for row in chosen]
    drawn.sort(key=lambda row: _rank(seed + " order", row["id"]))  # strata mixed: nobody tires in one of them
    text = table(COLUMNS, ([row.get(name, "") for name in COLUMNS] for row in drawn))
    findings = sum(row["kind"] == "finding" for row in drawn)
    told = (
        f"{count(findings, 'finding')} and {count(len(drawn) - findings, 'claim')} without one in {count(len({row['stratum'] for row in drawn}), 'stratum', 'strata')}; "
        "fill in decision (right, wrong or unsure) and reviewer, one file for each reviewer, then run  claimlint batch precision"
    )
    return text, told


def _rank(seed: str, key: str) -> bytes:
    return hashlib.sha256(f"{seed}\0{key}".encode()).digest()


def _allotted(sizes: dict[str, int], total: int) -> dict[str, int]:
    """Rows a stratum: in proportion to its size, but at least two where it has two; never more than there are."""
    everything = sum(sizes.values())
    if everything <= total:
        return dict(sorted(sizes.items()))
    least = {name: min(size, _LEAST) for name, size in sorted(sizes.items())}
    left = total - sum(least.values())
    if left <= 0:  # more strata than rows: the largest have theirs
        names = sorted(sizes, key=lambda name: (-sizes[name], name))[: max(1, total // _LEAST)]
        return {name: least[name] for name in names}
    rest = {name: sizes[name] - least[name] for name in least}
    room = sum(rest.values())
    exact = {name: left * rest[name] / room for name in least}
    allotted = {name: least[name] + int(exact[name]) for name in least}
    for name in sorted(least, key=lambda name: (int(exact[name]) - exact[name], name))[
        : total - sum(allotted.values())
    ]:
        allotted[name] += 1
    return allotted
