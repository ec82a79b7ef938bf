"""Workflow commands that GitHub turns into annotations beside the lines of a pull request.

One command a finding; whatever the material contains, it can't open a second command.
"""

from __future__ import annotations

from claimlint.model import Run
from claimlint.reporters.view import encodable, listed, spots, summary_line, tally, visible

_COMMAND = {"error": "error", "warning": "warning", "note": "notice"}


def render(run: Run) -> str:
    """An ``::error``, ``::warning`` or ``::notice`` line a finding, an error a file not checked, counts."""
    lines = []
    for checked in run.checked:
        for finding, spot in spots(checked.document, listed(run, checked)):
            where = f"file={_property(finding.path)}"
            if spot:
                where += f",line={spot.line},endLine={spot.end_line}"
                # GitHub reads columns only where the annotation stays on one line, and takes the
                # end column as the last one that is marked.
                if spot.line == spot.end_line:
                    where += f",col={spot.column},endColumn={max(spot.column, spot.end_column - 1)}"
            else:
                where += ",line=1"
            hint = f"\nTry: {finding.suggest[0]}" if finding.suggest else ""
            if finding.suppressed is not None:
                hint = f"\nSuppressed: {finding.suppressed}"
            command = "notice" if finding.suppressed is not None else _COMMAND[finding.severity.value]
            lines.append(
                f"::{command} {where},title={_property(finding.rule)}::{_data(finding.message + hint)}"
            )
    lines += [
        f"::error file={_property(failure.path)},title=could not be checked::{_data(failure.reason)}"
        for failure in run.failures
    ]
    lines.append(_data(summary_line(tally(run))))
    return encodable("\n".join(lines)) + "\n"


def _data(text: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    return "%0A".join(visible(line).replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
