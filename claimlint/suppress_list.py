"""Lists the ignore comments of a run for whoever has to answer for them.

The state of each (used, unused, expired, malformed) is taken from the findings of the run itself.
"""

from __future__ import annotations

from typing import Any

from claimlint import directives
from claimlint.model import Checked, Run
from claimlint.spans import LineIndex


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
            f'{row["path"]}:{row["line"]}: {row["form"]} {rules} ({row["state"]}) "{row["reason"]}"{extra}\n'
        )
    return "".join(lines) + f"{len(rows)} ignore comments\n"


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
        state = next(
            (s for s in ("malformed", "expired", "unused", "untrusted") if (start, s) in states), "used"
        )
        rows.append(
            {
                "path": document.path,
                "line": index.position(start)[0],
                "form": item.form,
                "rules": list(item.rules),
                "reason": item.reason,
                "until": item.until.isoformat() if item.until else None,
                "by": item.by or None,
                "state": state,
            }
        )
    return rows
