"""The claims ledger for a medical-legal reviewer: a table to sort, filter and sign off, in one file.

Each claim's evidence opens in its row. Sign-offs stay in the reader's browser until they are exported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claimlint.model import Run
from claimlint.reporters.html import page
from claimlint.reporters.records import record_view

# The worst first where a column of verdicts is sorted downwards.
_VERDICTS = (
    "supported",
    "not-checkable",
    "no-evidence-on-record",
    "stale",
    "stronger-than-evidence",
    "superseded",
    "contradicted",
)
_STRENGTHS = ("none", "correlational", "hedged", "causal", "absolute")
_COLOURS = {
    "contradicted": "error",
    "superseded": "error",
    "stronger-than-evidence": "warning",
    "stale": "note",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One claim as the table shows it; ``number`` counts from 1, ranks order verdicts and strengths."""

    number: int
    row: dict[str, Any]
    records: tuple[dict[str, Any], ...]
    rank: int
    strength_rank: int
    colour: str
    cited: str
    before: str
    after: str


def render_ledger(run: Run, rows: Sequence[dict[str, Any]]) -> str:
    """The ledger as one self-contained page; ``rows`` are those of ``claims.rows``."""
    known = {name: entry for checked in run.checked for name, entry in checked.records.items()}
    lines = tuple(_line(number, row, known) for number, row in enumerate(rows, 1))
    return page(
        "claims.html.j2",
        "ledger",
        run=run,
        lines=lines,
        verdicts=[word for word in reversed(_VERDICTS) if any(line.row["verdict"] == word for line in lines)],
        strengths=[
            word for word in reversed(_STRENGTHS) if any(line.row["strength"] == word for line in lines)
        ],
        paths=list(dict.fromkeys(row["path"] for row in rows)),
        counts=[
            (word, sum(line.row["verdict"] == word for line in lines), _COLOURS.get(word, "plain"))
            for word in reversed(_VERDICTS)
        ],
    )


def _line(number: int, row: dict[str, Any], known: dict[str, Any]) -> Line:
    evidence = row["evidence"] or {}
    said = evidence.get("detail", "")
    records = tuple(
        {
            **record_view(known[name]),
            "as_of": str(known[name].get("as_of", "")),
            "regulatory": known[name].get("regulatory", ()),
        }
        for name in evidence.get("records", ())
        if name in known
    )
    for record in records:
        record["told"] = record["detail"] not in said
    before, _, after = row["sentence"].partition(row["text"])
    return Line(
        number,
        row,
        records,
        _VERDICTS.index(row["verdict"]) if row["verdict"] in _VERDICTS else -1,
        _STRENGTHS.index(row["strength"]),
        _COLOURS.get(row["verdict"] or "", ""),
        "; ".join(f"{one['kind'].upper()} {one['id']}" for one in row["references"]),
        before,
        after,
    )
