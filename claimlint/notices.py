"""Notices that a page shows though no rule sees them in its file: sentences of a team's own, and shared footers.

A shared file counts only for what it is found to hold, so that a setting can't declare away what nobody
wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from claimlint import globs
from claimlint.config import Settings
from claimlint.errors import ConfigError, ReadError
from claimlint.model import Checked, Document, Finding, Rule, replace

SIGNALS = ("investigational_notice", "risk_disclosure", "harms")
"""What a shared file can provide."""
_KINDS = frozenset({"required", "call-to-action"})


def heeded(
    checked: Checked, rules: Sequence[Rule], settings: Settings, path: str, shared: Callable[[str], Checked]
) -> Checked:
    """``checked`` without the findings about what the settings' notices provide, its signals set accordingly.

    ``path`` is the page's, relative to the settings. Raises ConfigError for a shared file that can't be read.
    """
    given: set[str] = set()
    without: list[str] = []
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
        found = {name for name in SIGNALS if getattr(other.signals, name)}
        if _says(other.document, settings.notices):
            found.add("investigational_notice")
        given |= found
        if "investigational_notice" not in found:
            without.append(settings.relative(item.file))
    if not (given or without):
        return checked
    lacking = {rule.id: str(rule.match.get("lacks", "")) for rule in rules if rule.kind in _KINDS}
    findings = tuple(
        _explained(item, without if lacking.get(item.rule) == "investigational_notice" else [])
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


def _says(document: Document, notices: Sequence[str]) -> bool:
    """Whether one of the sentences stands in the document, whatever its line breaks and capitals."""
    if not notices:
        return False
    text = _plain(" ".join(block.text for block in document.blocks))
    return any(_plain(notice) in text for notice in notices)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("\u2019", "'").split())
