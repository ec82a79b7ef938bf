"""A comment for a pull request: counts first, then a table a document.

GitHub refuses a comment of 65,536 characters or more, so a long report says how many findings it
left out instead of being refused.
"""

from __future__ import annotations

import re

from claimlint.model import Checked, Finding, Run
from claimlint.reporters.view import (
    Spot,
    count,
    encodable,
    listed,
    locator,
    spots,
    summary_line,
    tally,
    visible,
)

LIMIT = 65_000  # characters; below the 65,536 that GitHub accepts, with room for a line of the caller's
_HEAD = "| where | severity | what | try |\n|---|---|---|---|\n"
_MARKS = {"error": "🟥 error", "warning": "🟨 warning", "note": "🟦 note"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]()+!|~=$-])")
# GitHub links these after it has rendered the Markdown, so escaping can't stop it; a word joiner can.
_LINKED = re.compile(r"@(?=\w)|#(?=\d)|:(?=//)|\bwww(?=\.)", re.IGNORECASE)


def render(run: Run) -> str:
    """Markdown in which nothing of the material under review is markup, a link or a mention."""
    head = f"## claimlint\n\n{_upper(summary_line(tally(run)))}.\n"
    if run.failures:
        lines = [f"- {_text(failure.path)}: {_text(failure.reason, 300)}" for failure in run.failures]
        head += "\n**Could not be checked**\n\n" + _fitted(lines, LIMIT // 4, "file", 0)[0] + "\n"
    room = LIMIT - len(head) - 200
    out, left_out, kept = [head], 0, 0
    for checked in run.checked:
        findings = listed(run, checked)
        if not findings:
            continue
        title = f"\n### {_text(checked.document.path, 300)}\n\n{_HEAD}"
        taken = len(title)
        body: list[str] = []
        for finding, spot in spots(checked.document, findings):
            row = _row(checked, finding, spot)
            if left_out or taken + len(row) > room:
                left_out += 1
                continue
            body.append(row)
            taken += len(row)
        if body:
            out += [title, *body]
            room -= taken
            kept += len(body)
    if left_out:
        out.append(f"\n{count(left_out, 'more finding')} not shown here: see the full report.\n")
    return encodable("".join(out))


def _row(checked: Checked, finding: Finding, spot: Spot | None) -> str:
    at = locator(checked.document, finding)
    where = at or (f"{spot.line}:{spot.column}" if spot else "document")
    silenced = "" if finding.suppressed is None else f"<br>suppressed: {_text(finding.suppressed, 200)}"
    quote = f"<br>“{_text(finding.quote, 200)}”" if finding.quote else ""
    what = f"{_text(finding.message, 500)}{quote}<br><sub>{_text(finding.rule)}</sub>{silenced}"
    suggestion = _text(finding.suggest[0], 300) if finding.suggest else ""
    return f"| {_text(where)} | {_MARKS[finding.severity.value]} | {what} | {suggestion} |\n"


def _fitted(lines: list[str], room: int, noun: str, taken: int) -> tuple[str, int]:
    for kept, line in enumerate(lines):
        taken += len(line) + 1
        if taken > room:
            more = f"- and {count(len(lines) - kept, 'more ' + noun)}"
            return "\n".join([*lines[:kept], more]), taken
    return "\n".join(lines), taken


def _text(text: str, most: int = 200) -> str:
    """Plain text as Markdown: cut, on one line, every mark that could start markup escaped."""
    if len(text) > most:
        text = text[: most - 1].rstrip() + "…"
    text = _LINKED.sub(lambda match: match.group() + "\u2060", visible(" ".join(text.split())))
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(char, entity)
    return _SPECIAL.sub(r"\\\1", text)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
