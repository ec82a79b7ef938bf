"""Lists the ignore comments of a run for whoever has to answer for them.

The state of each (used, unused, expired, malformed) is taken from the findings of the run itself.
"""

from __future__ import annotations

from typing import Any

from claimlint.model import Checked, Run
from claimlint.spans import LineIndex
from claimlint.triage import directives

STATES = ("used", "unused", "expired", "malformed", "untrusted")
"""What can be said of an ignore comment; a used one alone silences a finding."""


def render(run: Run, fmt: str) -> str:
    """The list as ``text`` or ``json``, by path and place."""
    rows = [row for checked in run.checked for row in _rows(checked)]
    if fmt == "json":
        import json

        return json.dumps({"version": 1, "suppressions": rows}, ensure_ascii=False, indent=2) + "\n"
    lines = []
    for row in rows:
        extra = "".join(f" {name}={row[name]}" for name in ("until", "by") if row[name])
        rules = ", ".join(row["rules"]) or "no rule"
        lines.append(
            f'{row["path"]}:{row["line"]}:{row["column"]}: {row["form"]} {rules} ({row["state"]}) "{row["reason"]}"{extra}\n'
        )
    states = [(state, sum(row["state"] == state for row in rows)) for state in STATES]
    counts = ", ".join(f"{count} {state}" for state, count in states if count)
    return "".join(lines) + f"{len(rows)} ignore comments{': ' if counts else ''}{counts}\n"


def _rows(checked: Checked) -> list[dict[str, Any]]:
    document = checked.document
    found = directives.read(document)
    if not found:
        return []
    index = LineIndex(document.source)
    states = {
        (item.start, item.rule.rsplit("/", 1)[-1].removesuffix("-suppression")): True
        for item in checked.findings
        if item.category == "housekeeping"
    }
    rows = []
    for item in found:
        if item.form == "ignore-end" and not item.wrong:
            continue
        start = item.comment.start
        line, column = index.position(start)
        state = next((s for s in STATES[1:] if (start, s) in states), STATES[0])
        rows.append(
            {
                "path": document.path,
                "line": line,
                "column": column,
                "form": item.form,
                "rules": list(item.rules),
                "reason": item.reason,
                "until": item.until.isoformat() if item.until else None,
                "by": item.by or None,
                "state": state,
            }
        )
    return rows
