"""Applies rewrites to files, and takes back each that doesn't do what it promised.

After every change the whole file is read and judged anew: the finding must be gone and nothing new may have
come, else the words stay as they were.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from claimlint.checking import Outcome
from claimlint.live import Checker
from claimlint.model import Checked, Confidence, Finding, Fix

MOST = 200
"""Rewrites that are tried in one file; run it again for more."""


class Fixed(NamedTuple):
    """One file: its text before and after, how many rewrites hold, and why the others were left alone."""

    path: str
    before: str
    after: str
    applied: int = 0
    refused: tuple[str, ...] = ()


def fix_all(checked: Sequence[Checked], check: Checker, *, unsafe: bool = False) -> tuple[Fixed, ...]:
    """What each document would be with its rewrites applied (safe ones alone, or all); nothing is written."""
    return tuple(
        fix_one(item, check, unsafe=unsafe) for item in checked if any(one.fixes for one in item.findings)
    )


def fix_one(checked: Checked, check: Checker, *, unsafe: bool = False) -> Fixed:
    """The document with every rewrite that holds, from the end to the start so that no offset moves."""
    path, source = checked.document.path, checked.document.source
    chosen = _chosen(checked, unsafe)
    if not chosen:
        return Fixed(path, source, source)
    data = _stored(path)
    if path != "-" and data != _encoded(source):
        return Fixed(path, source, source, 0, ("the file isn't UTF-8, or changed: left as it is",))
    known = check(
        path, _encoded(source)
    ).checked  # all of its findings, also those that aren't to be rewritten
    if known is None:
        return Fixed(path, source, source, 0, ("the file could not be checked a second time",))
    current, applied, refused = source, 0, []
    for item, fix in chosen:
        changed = current[: fix.start] + fix.replacement + current[fix.end :]
        outcome = check(path, _encoded(changed))
        problem = _problem(known, outcome, item)
        if problem:
            refused.append(f"{item.rule} '{item.quote}': {problem}")
        elif outcome.checked is not None:
            current, known, applied = changed, outcome.checked, applied + 1
    return Fixed(path, source, current, applied, tuple(refused))


def holds(known: Checked, item: Finding, fix: Fix, check: Checker) -> bool:
    """Whether a rewrite of ``known`` does what it promises: its finding goes and nothing new comes."""
    source = known.document.source
    changed = source[: fix.start] + fix.replacement + source[fix.end :]
    return _problem(known, check(known.document.path, _encoded(changed)), item) is None


def _chosen(checked: Checked, unsafe: bool) -> list[tuple[Finding, Fix]]:
    """One rewrite a finding, last place first; of those that overlap the later one goes first."""
    wanted = [
        (item, fix)
        for item in checked.findings
        for fix in [next((one for one in item.fixes if one.safe or unsafe), None)]
        if fix is not None and item.suppressed is None
    ]
    wanted.sort(key=lambda pair: (pair[1].start, pair[1].end), reverse=True)
    kept: list[tuple[Finding, Fix]] = []
    for item, fix in wanted[:MOST]:
        if not kept or fix.end <= kept[-1][1].start:
            kept.append((item, fix))
    return kept


def _problem(before: Checked, outcome: Outcome, item: Finding) -> str | None:
    """Why the rewrite doesn't hold; None where its finding is gone and nothing else has come."""
    if outcome.checked is None:
        return "the file could not be checked after the change"
    after = outcome.checked
    had, has = _counted(before), _counted(after)
    key = (item.rule, " ".join(item.quote.lower().split()))
    if has[key] >= had[key]:
        return "the finding would stay"
    # What is never sure ("may" is still a claim) is no reason to keep a plain one.
    new = {_key(one) for one in after.findings if one.confidence is not Confidence.LOW} & set(has - had)
    if new:
        rule = min(new)[0]
        return f"it would bring another finding ({rule})"
    worst = {_key(one): one.severity.rank for one in before.findings}
    if any(one.severity.rank > worst.get(_key(one), one.severity.rank) for one in after.findings):
        return "another finding would become graver"
    if len(after.document.unread) > len(before.document.unread):
        return "the file could not be read as before"
    return None


def _key(item: Finding) -> tuple[str, str]:
    return item.rule, " ".join(item.quote.lower().split())


def _counted(checked: Checked) -> Counter[tuple[str, str]]:
    return Counter(_key(item) for item in checked.findings if item.suppressed is None)


def _encoded(source: str) -> bytes:
    return source.encode("utf-8", "surrogatepass")


def _stored(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def write(fixed: Sequence[Fixed]) -> int:
    """Writes the files that changed, each in one step; returns how many. Raises UsageError where that fails."""
    from claimlint.output import replace_file

    count = 0
    for item in fixed:
        if item.after != item.before:
            replace_file(os.path.realpath(item.path), _encoded(item.after))
            count += 1
    return count


def diff(fixed: Sequence[Fixed]) -> str:
    """What would change, as a unified diff that git apply and patch take."""
    from difflib import unified_diff

    parts = []
    for item in fixed:
        if item.after == item.before:
            continue
        name = item.path.replace("\n", "?").replace("\r", "?")
        lines = unified_diff(_lines(item.before), _lines(item.after), f"a/{name}", f"b/{name}")
        parts += [
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
        ]
    return "".join(parts)


def _lines(text: str) -> list[str]:
    """Lines at LF alone: str.splitlines would cut at characters that diff and patch don't."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
