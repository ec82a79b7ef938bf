"""One finding a row, for spreadsheets.

Spreadsheets run cells that look like formulas, so a cell of ours that begins like one is written as
text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from claimlint.model import Run
from claimlint.reporters.view import encodable, listed, locator, name_of, reasons_in_words, spots, visible

COLUMNS = (
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "severity",
    "confidence",
    "category",
    "rule",
    "message",
    "quote",
    "why",
    "suggestion",
    "provisions",
    "locator",
    "fingerprint",
    "suppressed",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(run: Run) -> str:
    """A header and a row a finding; files that could not be checked are rows of severity ``not-checked``."""
    body: list[list[Any]] = [
        [
            finding.path,
            *([spot.line, spot.column, spot.end_line, spot.end_column] if spot else [None] * 4),
            finding.severity.value,
            finding.confidence.value,
            finding.category,
            finding.rule,
            finding.message,
            finding.quote,
            reasons_in_words(finding),
            finding.suggest[0] if finding.suggest else None,
            "; ".join(name for record in finding.provisions if (name := name_of(record))),
            locator(checked.document, finding),
            finding.fingerprint,
            finding.suppressed,
        ]
        for checked in run.checked
        for finding, spot in spots(checked.document, listed(run, checked))
    ]
    for failure in run.failures:
        row: list[Any] = [None] * len(COLUMNS)
        row[0], row[5], row[9] = failure.path, "not-checked", failure.reason
        body.append(row)
    return table(COLUMNS, body)


def table(columns: Sequence[str], body: Iterable[Sequence[Any]]) -> str:
    """RFC 4180 text with LF line ends; no cell can start a formula, no control character survives."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in body)
    return out.getvalue()


def cell(value: Any) -> str:
    """One value as a spreadsheet may safely open it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if text.lstrip(" ").startswith(_FORMULA):
        text = "'" + text
    return encodable(visible(text))
