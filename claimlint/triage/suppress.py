"""Decides which findings an ignore comment silences, and says so when it silences nothing.

Silenced findings stay in the run with their reason; a comment that is unused, expired or can't be followed
is itself a finding, so that no permission lives on unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from claimlint import selectors
from claimlint.model import Document, Finding, Rule, replace
from claimlint.spans import LineIndex
from claimlint.triage import housekeeping
from claimlint.triage.directives import EXAMPLE, Directive

MOST = 1000
"""Directives that are followed in one document; more are reported, so that none can be slow."""


class _Index(NamedTuple):
    """What each usable directive covers, by the position that a finding is looked up with."""

    lines: dict[int, list[int]]
    blocks: dict[int, list[int]]
    ranges: list[tuple[int, int, int]]
    whole: list[int]


def apply(
    document: Document,
    findings: Sequence[Finding],
    fired: Sequence[Finding],
    directives: Sequence[Directive],
    rules: Sequence[Rule],
    *,
    active: Sequence[Rule],
    as_of: date,
) -> tuple[Finding, ...]:
    """``findings`` with those that are silenced marked, and a finding for each directive that is amiss.

    ``fired`` is all that the rules found before anything was filtered: it decides whether a directive is
    used. ``rules`` are all rules that may be named; ``active`` those that ran, so that a comment for a rule
    of another profile isn't called unused.
    """
    if not directives:
        return tuple(findings)
    lines = LineIndex(document.source)
    checked = [_judge(directive, rules) for directive in directives[:MOST]]
    index, checked = _index(document, checked, lines)
    used: set[int] = set()
    for item in fired:
        used.update(_covering(item, index, checked, lines))
    result = []
    for item in findings:
        hit = next(
            (at for at in _covering(item, index, checked, lines) if not _expired(checked[at], as_of)), None
        )
        if hit is None or item.suppressed is not None:
            result.append(item)
        else:
            result.append(replace(item, suppressed=_reason(checked[hit])))
    for at, directive in enumerate(checked):
        message = _amiss(directive, fired, used=at in used, active=active, as_of=as_of, lines=lines)
        if message:
            result.append(_report(document, directive, *message))
    if len(directives) > MOST:
        extra = directives[MOST]
        text = f"only the first {MOST} ignore comments of a file count; from here on they are ignored"
        result.append(_report(document, extra, "malformed-suppression", text))
    return tuple(result)


def attempts(document: Document, directives: Iterable[Directive]) -> tuple[Finding, ...]:
    """A note for each directive in material that has no say (--isolated)."""
    return tuple(
        _report(
            document,
            directive,
            "untrusted-suppression",
            "this comment asks to silence "
            f"{', '.join(directive.rules) or 'findings'}; with --isolated it did not count",
        )
        for directive in directives
        if directive.form != "ignore-end"
    )


def _judge(directive: Directive, rules: Sequence[Rule]) -> Directive:
    if directive.wrong:
        return directive
    for name in directive.rules:
        problem = selectors.unknown(name, rules)
        if problem:
            return directive._replace(wrong=f"can't be followed: {problem}")
    return directive


def _index(
    document: Document, directives: list[Directive], lines: LineIndex
) -> tuple[_Index, list[Directive]]:
    index = _Index({}, {}, [], [])
    checked = list(directives)
    copy = _lines_with_copy(document, lines)
    starts = sorted((block.segments[0][1], at) for at, block in enumerate(document.blocks) if block.segments)
    opened: list[int] = []
    for at, item in enumerate(directives):
        if item.form == "ignore-end":
            match = next((o for o in reversed(opened) if item.rules in ((), directives[o].rules)), None)
            if match is None:
                checked[at] = item._replace(
                    wrong=item.wrong or "ends a stretch that no ignore-start above opens"
                )
            else:
                opened.remove(match)
                index.ranges.append((directives[match].comment.end, item.comment.start, match))
        elif item.wrong:
            continue
        elif item.form == "ignore-start":
            opened.append(at)
        elif item.form == "ignore-file":
            index.whole.append(at)
        elif item.form == "ignore-next-block":
            block = _after(starts, item.comment.end)
            if block is not None:
                index.blocks.setdefault(block, []).append(at)
        else:
            line = _line(item, copy, lines)
            if line is not None:
                index.lines.setdefault(line, []).append(at)
    for at in opened:
        checked[at] = checked[at]._replace(
            wrong="opens a stretch that is never closed; add  claimlint: ignore-end"
        )
    return index, checked


def _lines_with_copy(document: Document, lines: LineIndex) -> list[int]:
    found: set[int] = set()
    for block in document.blocks:
        for _, start, end in block.segments:
            if end > start and document.source[start:end].strip():
                found.update(range(lines.position(start)[0], lines.position(end - 1)[0] + 1))
    return sorted(found)


def _line(directive: Directive, copy: list[int], lines: LineIndex) -> int | None:
    """The comment's own line where copy stands on it, else the next line that holds any."""
    from bisect import bisect_left

    first = lines.position(directive.comment.start)[0]
    last = lines.position(max(directive.comment.start, directive.comment.end - 1))[0]
    at = bisect_left(copy, first)
    if at < len(copy) and copy[at] == first:
        return first
    at = bisect_left(copy, last)
    return copy[at] if at < len(copy) else None


def _after(starts: list[tuple[int, int]], offset: int) -> int | None:
    from bisect import bisect_left

    at = bisect_left(starts, (offset, -1))
    return starts[at][1] if at < len(starts) else None


def _covering(item: Finding, index: _Index, directives: Sequence[Directive], lines: LineIndex) -> list[int]:
    candidates = list(index.whole)
    if item.start is not None:
        candidates += index.lines.get(lines.position(item.start)[0], ())
        candidates += [at for start, end, at in index.ranges if start <= item.start < end]
    if item.place is not None:
        candidates += index.blocks.get(item.place.block, ())
    return [
        at
        for at in sorted(candidates)
        if not directives[at].wrong and selectors.any_matches(directives[at].rules, item.rule, item.category)
    ]


def _expired(directive: Directive, as_of: date) -> bool:
    return directive.until is not None and directive.until < as_of


def _reason(directive: Directive) -> str:
    extra = [f"by {directive.by}"] if directive.by else []
    extra += [f"until {directive.until.isoformat()}"] if directive.until else []
    return directive.reason + (f" ({', '.join(extra)})" if extra else "")


def _amiss(
    directive: Directive,
    fired: Sequence[Finding],
    *,
    used: bool,
    active: Sequence[Rule],
    as_of: date,
    lines: LineIndex,
) -> tuple[str, str] | None:
    if directive.wrong:
        hint = "" if EXAMPLE in directive.wrong else f". Right would be: {EXAMPLE}"
        return "malformed-suppression", f"this ignore comment {directive.wrong}{hint}"
    if directive.form == "ignore-end":
        return None
    names = ", ".join(directive.rules)
    if _expired(directive, as_of):
        ended = directive.until.isoformat() if directive.until else ""
        text = (
            f"the permission for {names} ended on {ended}, so the finding counts again; renew it or remove it"
        )
        return "expired-suppression", text
    if used or not any(selectors.any_matches(directive.rules, rule.id, rule.category) for rule in active):
        return None
    near = [
        lines.position(item.start)[0]
        for item in fired
        if item.start is not None and selectors.any_matches(directive.rules, item.rule, item.category)
    ]
    if near:
        here = lines.position(directive.comment.end)[0]
        line = min(near, key=lambda n: (abs(n - here), n))
        where = f"the nearest such finding is on line {line}: put the comment on the line above it"
    else:
        where = f"nothing in this file is found by {names}: remove the comment"
    return "unused-suppression", f"this ignore comment silences nothing; {where}"


def _report(document: Document, directive: Directive, rule: str, message: str) -> Finding:
    return housekeeping.finding(document, rule, message, directive.comment.start, directive.comment.end)
