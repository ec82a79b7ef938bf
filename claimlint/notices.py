"""Notices that a page shows though no rule sees them in its file: sentences of a team's own, and shared footers.

A shared file counts only for what it is found to hold, so that a setting can't declare away what nobody
wrote. A notice that a law words counts by that law's elements, and what lifts a gate has to stand on the page itself: a
footer can't make an offer what the page doesn't say that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from claimlint import globs
from claimlint.config import Settings
from claimlint.errors import ConfigError, ReadError
from claimlint.model import Checked, Document, Finding, Rule, Severity, replace

SIGNALS = ("investigational_notice", "risk_disclosure", "harms")
"""What a shared file can provide."""
_KINDS = frozenset({"required", "call-to-action"})


Elements = Callable[[Rule, Document], frozenset[str]]
"""The elements of a ``notice`` rule that stand in a document."""


def lacks(checked: Checked, rules: Sequence[Rule]) -> bool:
    """Whether a finding says that the page lacks something which another file may provide."""
    able = {rule.id for rule in rules if rule.kind in _KINDS or rule.kind == "notice"}
    return any(item.rule in able for item in checked.findings)


def heeded(
    checked: Checked,
    rules: Sequence[Rule],
    settings: Settings,
    path: str,
    shared: Callable[[str], Checked],
    elements: Elements,
    included: Sequence[str] = (),
) -> Checked:
    """``checked`` without the findings about what the settings' notices or included files provide, its signals set accordingly.

    ``path`` is the page's, relative to the settings. Raises ConfigError for a shared file that the settings name and that
    can't be read; of the ``included`` ones that can't be, nothing is known.
    """
    given: set[str] = set()
    without: list[str] = []
    others: list[tuple[str, Document]] = []
    if _says(checked.document, settings.notices):
        given.add("investigational_notice")
    for item in settings.provided:
        if not globs.covers(item.paths, path) or settings.relative(item.file) == path:
            continue
        try:
            other = shared(item.file)
        except ReadError as error:
            raise ConfigError(
                f"notices: {settings.relative(item.file)} can't be read: {error.reason}", settings.origin
            ) from None
        others.append((settings.relative(item.file), other.document))
        found = {name for name in SIGNALS if getattr(other.signals, name)}
        if _says(other.document, settings.notices):
            found.add("investigational_notice")
        given |= found
        if "investigational_notice" not in found:
            without.append(settings.relative(item.file))
    for file in included:
        try:
            other = shared(file)
        except ReadError:
            continue
        others.append((settings.relative(file), other.document))
        given |= {name for name in SIGNALS if getattr(other.signals, name)}
    if not (given or without or others):
        return checked
    lawful = {rule.id: rule for rule in rules if rule.kind == "notice" and not rule.match.get("barred")}
    lacking = {rule.id: str(rule.match.get("lacks", "")) for rule in rules if rule.kind in _KINDS}
    findings = tuple(
        _elsewhere(item, lawful[item.rule], others, elements)
        if item.rule in lawful
        else _explained(item, without if lacking.get(item.rule) == "investigational_notice" else [])
        for item in checked.findings
        if lacking.get(item.rule, "") not in given
    )
    provided: dict[str, Any] = dict.fromkeys(given, True)
    signals = checked.signals._replace(**provided)
    return replace(checked, findings=findings, signals=signals)


def _explained(item: Finding, without: Sequence[str]) -> Finding:
    """With a word on the files that should have held the notice and don't."""
    if not without:
        return item
    return replace(
        item, message=f"{item.message} The settings look for it in {', '.join(without)}: it isn't there."
    )


def _elsewhere(
    item: Finding, rule: Rule, others: Sequence[tuple[str, Document]], elements: Elements
) -> Finding:
    """A finding about a notice in law, once the shared files have been looked at.

    One that holds it whole leaves a note, because only the page shows where it stands and how large; one that holds a part is
    told with what it lacks.
    """
    if item.start is not None or not others:
        return item
    wanted = list(rule.match["elements"])
    held = [(file, elements(rule, document)) for file, document in others]
    file, most = max(held, key=lambda one: len(one[1]))
    missing = [name.replace("-", " ") for name in wanted if name not in most]
    if not missing:
        told = f"It is complete in {file}, which is shown with this page; can't verify its place and size."
        return replace(item, message=f"{rule.message} {told}", severity=Severity.NOTE)
    if most:
        told = f"It is looked for in {file}, which is shown with this page and lacks the {', the '.join(missing)}."
        return replace(item, message=f"{item.message} {told}")
    return _explained(item, [name for name, _ in others])


def _says(document: Document, notices: Sequence[str]) -> bool:
    """Whether one of the sentences stands in the document, whatever its line breaks and capitals."""
    if not notices:
        return False
    text = _plain(" ".join(block.text for block in document.blocks))
    return any(_plain(notice) in text for notice in notices)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("\u2019", "'").split())
