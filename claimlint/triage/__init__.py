"""Arranges what the engine found in one document: a list of small steps in the order in which they act.

Each step is a pure function from findings to findings. Nothing that a person silenced is lost: it stays with
the reason, is counted, and can be shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from claimlint import selectors
from claimlint.config import Settings
from claimlint.model import Checked, Confidence, Document, Finding, Rule, Severity, replace
from claimlint.triage import housekeeping

_TYPED = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2011": "-"}
)


class Triaged(NamedTuple):
    """A document with its findings arranged, and how many the baseline holds back."""

    checked: Checked
    held_back: int = 0


def triage(
    checked: Checked,
    settings: Settings,
    rules: Sequence[Rule],
    *,
    path: str,
    as_of: date,
    isolated: bool = False,
    accepted: Collection[str] = frozenset(),
    dismissed: Sequence[tuple[str, str]] = (),
    stands_on: Collection[str] = (),
) -> Triaged:
    """The findings of ``checked`` as they are reported.

    ``settings`` are those for this very path; ``path`` is relative to their root. ``rules`` are all that
    ran or may be named. With ``isolated`` no comment silences anything. ``accepted`` holds fingerprints,
    ``dismissed`` pairs fingerprints with the reason that a reviewer gave. ``stands_on``
    names jurisdictions whose law holds beside the chosen one.
    """
    document = checked.document
    fired = checked.findings
    findings = tuple(fired) + housekeeping.unread(document)
    findings = chosen(findings, settings.select, settings.ignore)
    findings = regraded(findings, settings)
    findings = certain(findings, Confidence(settings.least_confidence))
    findings = allowed(findings, document, settings.allow_phrases)
    findings = in_jurisdiction(findings, settings.jurisdiction, stands_on)
    findings = distinct(findings)
    findings = heeded(findings, fired, document, (*rules, *housekeeping.RULES), settings, as_of, isolated)
    findings = own(findings, settings)
    findings = known_again(findings, path)
    findings = decided(findings, dismissed)
    kept = tuple(item for item in findings if item.suppressed is not None or item.fingerprint not in accepted)
    return Triaged(replace(checked, findings=ordered(kept)), len(findings) - len(kept))


def chosen(findings: Sequence[Finding], select: Sequence[str], ignore: Sequence[str]) -> tuple[Finding, ...]:
    """Those of a selected rule (all, where none is selected) that aren't ignored."""
    return tuple(
        item
        for item in findings
        if (not select or selectors.any_matches(select, item.rule, item.category))
        and not selectors.any_matches(ignore, item.rule, item.category)
    )


def chosen_rules(rules: Sequence[Rule], settings: Settings) -> tuple[Rule, ...]:
    """The rules that can report under these settings."""
    profile = settings.profile or "team"
    return tuple(
        rule
        for rule in rules
        if (not settings.select or selectors.any_matches(settings.select, rule.id, rule.category))
        and not selectors.any_matches(settings.ignore, rule.id, rule.category)
        and level(rule.id, rule.category, settings) != "off"
        and (not rule.profiles or profile in rule.profiles)
    )


def alone(rules: Sequence[Rule], settings: Settings) -> frozenset[str] | None:
    """The ids of the only rules that need to run; None where all of them do.

    Phrases that were selected report the same whatever else runs. Rules about claims and documents share their
    findings, and an ignore comment is used where any rule fires.
    """
    if not settings.select or chosen_rules(housekeeping.RULES, settings):
        return None
    picked = chosen_rules(rules, settings)
    return frozenset(rule.id for rule in picked) if all(rule.kind == "phrase" for rule in picked) else None


def level(rule: str, category: str, settings: Settings) -> str | None:
    """The level set for a rule: by its id first, then the last pattern or category that means it."""
    if rule in settings.severity:
        return settings.severity[rule]
    found = None
    for name, value in settings.severity.items():
        if selectors.matches(name, rule, category):
            found = value
    return found


def regraded(findings: Sequence[Finding], settings: Settings) -> tuple[Finding, ...]:
    """With the severities that the settings give; ``off`` drops."""
    if not settings.severity:
        return tuple(findings)
    result = []
    for item in findings:
        wanted = level(item.rule, item.category, settings)
        if wanted is None:
            result.append(item)
        elif wanted != "off":
            result.append(replace(item, severity=Severity(wanted)))
    return tuple(result)


def certain(findings: Sequence[Finding], least: Confidence) -> tuple[Finding, ...]:
    """Those whose detection is at least so sure."""
    if least is Confidence.LOW:
        return tuple(findings)
    enough = {item for item in Confidence if item.rank >= least.rank}
    return tuple(item for item in findings if item.confidence in enough)


def allowed(findings: Sequence[Finding], document: Document, phrases: Sequence[str]) -> tuple[Finding, ...]:
    """Those inside an allowed phrase marked as such: the phrase covers every match that lies within it."""
    if not phrases or not findings:
        return tuple(findings)
    patterns = []
    for phrase in phrases:
        words = r"\s+".join(re.escape(word) for word in phrase.translate(_TYPED).split())
        patterns.append((phrase, re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)))
    spans: dict[int, list[tuple[int, int, str]]] = {}

    def covering(item: Finding) -> str | None:
        if item.place is None:
            return None
        if item.place.block not in spans:
            text = document.blocks[item.place.block].text.translate(_TYPED)
            spans[item.place.block] = [
                (match.start(), match.end(), phrase)
                for phrase, found in patterns
                for match in found.finditer(text)
            ]
        for start, end, phrase in spans[item.place.block]:
            if start <= item.place.start and item.place.end <= end:
                return f"allowed phrase: {phrase}"
        return None

    return tuple(
        replace(item, suppressed=reason) if (reason := covering(item)) else item for item in findings
    )


def in_jurisdiction(
    findings: Sequence[Finding], jurisdiction: str | None, stands_on: Collection[str] = ()
) -> tuple[Finding, ...]:
    """With the provisions of one jurisdiction, and of those it stands on, only; with all where none or ``auto`` is asked for."""
    if jurisdiction in (None, "auto"):
        return tuple(findings)
    return tuple(
        replace(
            item,
            provisions=tuple(
                p for p in item.provisions if p.get("jurisdiction") in (None, jurisdiction, *stands_on)
            ),
        )
        if item.provisions
        else item
        for item in findings
    )


def distinct(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Of findings of one category whose words overlap the gravest, then the surest, then the longest: one offence, one card.

    What stays names the provisions of what it stands for, too: the law that another rule found is not lost.
    """
    placed = [item for item in findings if item.start is not None]
    placed.sort(key=_weight, reverse=True)
    taken: dict[tuple[str, bool], list[tuple[int, int]]] = {}
    owners: dict[tuple[str, bool, int, int], Finding] = {}
    kept: dict[int, Finding] = {}
    for item in placed:
        start, end = item.start or 0, item.end or 0
        sort = (item.category, item.suppressed is None)
        spans = taken.setdefault(sort, [])
        at = bisect_right(spans, (start, 1 << 62))
        before = at > 0 and spans[at - 1][1] > start
        after = at < len(spans) and spans[at][0] < end
        same = at > 0 and spans[at - 1] == (start, end)
        if before or after or same:
            owner = owners[(*sort, *spans[at - 1 if before or same else at])]
            kept[id(owner)] = _with_law_of(kept[id(owner)], item)
            continue
        spans.insert(at, (start, end))
        owners[(*sort, start, end)] = item
        kept[id(item)] = item
    return tuple(kept.get(id(item), item) for item in findings if item.start is None or id(item) in kept)


def _with_law_of(kept: Finding, other: Finding) -> Finding:
    known = {record.get("id") for record in kept.provisions}
    more = tuple(record for record in other.provisions if record.get("id") not in known)
    return replace(kept, provisions=(*kept.provisions, *more)) if more else kept


def _weight(item: Finding) -> tuple[int, int, bool, int, str]:
    """Gravest, then surest, then the one that knows evidence, then the longest; the rule's name settles a tie."""
    length = (item.end or 0) - (item.start or 0)
    return item.severity.rank, item.confidence.rank, bool(item.evidence), length, item.rule


def heeded(
    findings: tuple[Finding, ...],
    fired: Sequence[Finding],
    document: Document,
    rules: Sequence[Rule],
    settings: Settings,
    as_of: date,
    isolated: bool,
) -> tuple[Finding, ...]:
    """With the document's ignore comments followed, or, with ``isolated``, only shown."""
    if not document.comments:
        return findings
    from claimlint.triage import directives, suppress

    comments = directives.read(document)
    if isolated:
        return findings + suppress.attempts(document, comments)
    active = chosen_rules(rules, settings)
    return suppress.apply(document, findings, fired, comments, rules, active=active, as_of=as_of)


def known_again(findings: tuple[Finding, ...], path: str) -> tuple[Finding, ...]:
    """With their fingerprints."""
    if not findings:
        return findings
    from claimlint.triage import fingerprint

    return fingerprint.stamp(findings, path)


def decided(findings: Sequence[Finding], dismissed: Sequence[tuple[str, str]]) -> tuple[Finding, ...]:
    """With those that a reviewer dismissed silenced; what a comment silenced before keeps its reason."""
    if not dismissed:
        return tuple(findings)
    reasons = dict(dismissed)
    return tuple(
        replace(item, suppressed=reasons[item.fingerprint])
        if item.suppressed is None and item.fingerprint in reasons
        else item
        for item in findings
    )


def own(findings: Sequence[Finding], settings: Settings) -> tuple[Finding, ...]:
    """With claimlint's own housekeeping findings selected, ignored and graded like any other."""
    kept = tuple(item for item in findings if item.category != "housekeeping")
    house = tuple(item for item in findings if item.category == "housekeeping")
    return kept + regraded(chosen(house, settings.select, settings.ignore), settings)


def ordered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """By place, then rule; findings about the document as a whole come last."""
    return tuple(
        sorted(
            findings,
            key=lambda item: (item.start is None, item.start or 0, item.end or 0, item.rule, item.message),
        )
    )
