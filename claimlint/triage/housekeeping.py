"""The findings that claimlint makes about its own use: silenced, unread or untrusted material.

They are rules like any other, with an id to select or ignore, but they have no pattern and no pack: the
code that notices the matter raises them.
"""

from __future__ import annotations

from claimlint.model import Confidence, Document, Finding, Rule, Severity

_RULES = (
    (
        "malformed-suppression",
        Severity.WARNING,
        "Ignore comments that can't be followed",
        (
            "An ignore comment without a reason, or without a rule that exists, silences nothing. It is "
            "shown lest someone believe that the sentence was reviewed."
        ),
    ),
    (
        "unused-suppression",
        Severity.NOTE,
        "Ignore comments that silence nothing",
        (
            "The words it was written for have gone, or the comment stands in the wrong place. Left alone, "
            "it would silence whatever is written there next."
        ),
    ),
    (
        "expired-suppression",
        Severity.WARNING,
        "Ignore comments past their date",
        "The permission in the comment has run out, so the finding counts again until someone renews it.",
    ),
    (
        "untrusted-suppression",
        Severity.NOTE,
        "Ignore comments in material under review",
        "With --isolated the material has no say in how it is judged; the attempt is shown for the reviewer.",
    ),
    (
        "untrusted-settings",
        Severity.NOTE,
        "Settings in material under review",
        "With --isolated the material has no say in how it is judged; its settings did not count.",
    ),
    (
        "jurisdiction-told",
        Severity.NOTE,
        "The law that a page was judged by",
        (
            "With --jurisdiction auto the place is told from the page itself. Look whether the words that "
            "decided are the provider's own address, and name the jurisdiction if they are not."
        ),
    ),
    (
        "unread-text",
        Severity.NOTE,
        "Text that could not be read",
        "A part of the file could not be read as copy, so nothing was checked there. Look at it yourself.",
    ),
)

RULES: tuple[Rule, ...] = tuple(
    Rule(
        id=f"claimlint/{name}",
        title=title,
        kind="housekeeping",
        category="housekeeping",
        severity=severity,
        confidence=Confidence.HIGH,
        message=title,
        why=why,
        match={},
        since="0.1.0",
    )
    for name, severity, title, why in _RULES
)
"""The rules as reporters list them."""

_SEVERITY = {rule.id: rule.severity for rule in RULES}


def finding(document: Document, rule: str, message: str, start: int | None, end: int | None) -> Finding:
    """A finding of the rule ``claimlint/<rule>`` at source offsets, or about the whole document (None)."""
    rule = f"claimlint/{rule}"
    quote = "" if start is None or end is None else document.source[start:end]
    if len(quote) > 200:
        quote, end = quote[:200], (start or 0) + 200
    return Finding(
        path=document.path,
        rule=rule,
        category="housekeeping",
        severity=_SEVERITY[rule],
        confidence=Confidence.HIGH,
        message=message,
        start=start,
        end=end,
        quote=quote,
    )


def unread(document: Document) -> tuple[Finding, ...]:
    """A note for each part of the document that could not be read."""
    return tuple(
        finding(document, "unread-text", f"not checked: {part.reason}", part.start, part.end)
        for part in document.unread
    )
