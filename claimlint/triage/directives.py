"""What an ignore comment says: which rules, where, why, until when and by whose leave.

Only the parsing is here; ``claimlint.triage.suppress`` decides what a directive covers. A comment that starts
with the tool's name but can't be followed is kept with what is wrong with it, never dropped.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from claimlint.model import Comment, Document

_ALSO = {"ignore-next-line": "ignore"}
"""What other linters call a form; it is followed all the same."""
FORMS = ("ignore", "ignore-next-block", "ignore-start", "ignore-end", "ignore-file")
LONGEST = 2000
EXAMPLE = 'claimlint: ignore core/proof/proven reason="quoted from the court\'s ruling"'

_OPEN = "\"'“”‘"
_CLOSE = {'"': '"', "'": "'", "“": "”", "”": "”", "‘": "’"}
_KEY = re.compile(r"([a-z]++)\s*+=\s*+")
_NAME = re.compile(r"[^\s,=]++")


class Directive(NamedTuple):
    """One ignore comment. ``wrong`` says what keeps it from counting; empty where it can be followed."""

    comment: Comment
    form: str
    rules: tuple[str, ...] = ()
    reason: str = ""
    until: date | None = None
    by: str = ""
    wrong: str = ""


def read(document: Document) -> tuple[Directive, ...]:
    """The directives in the document's real comments, in order; prose that mentions one is none."""
    found = []
    for comment in document.comments:
        text = comment.text.strip().lstrip("*#!-/ \t")
        if text[:9].lower() == "claimlint" and text[9:].lstrip().startswith(":"):
            found.append(_directive(comment, text[9:].lstrip()[1:].strip()))
    return tuple(found)


def _directive(comment: Comment, text: str) -> Directive:
    if len(text) > LONGEST:
        return Directive(comment, "", wrong=f"is longer than {LONGEST} characters")
    form = text.split(maxsplit=1)[0] if text else ""
    rest = text[len(form) :]
    form = _ALSO.get(form, form)
    if form not in FORMS:
        from claimlint.errors import did_you_mean

        hint = did_you_mean(form, FORMS)
        return Directive(
            comment, form, wrong=f"says '{form[:40]}', which is no instruction{hint}; {_known()}"
        )
    names: list[str] = []
    values: dict[str, str] = {}
    at = 0
    while at < len(rest):
        if rest[at].isspace() or rest[at] == ",":
            at += 1
            continue
        key = _KEY.match(rest, at)
        if key:
            value = _value(rest, key.end())
            if value is None:
                return Directive(comment, form, tuple(names), wrong=f"leaves the quotes after {key[1]}= open")
            if key[1] not in ("reason", "until", "by"):
                wrong = f"has '{key[1]}=', which is unknown; reason=, until= and by= are known"
                return Directive(comment, form, tuple(names), wrong=wrong)
            values[key[1]], at = value
            continue
        name = _NAME.match(rest, at)
        if name is None:
            return Directive(
                comment, form, tuple(names), wrong=f"can't be read from '{rest[at : at + 20]}' on"
            )
        names.append(name[0])
        at = name.end()
    return _complete(comment, form, tuple(names), values)


def _value(text: str, at: int) -> tuple[str, int] | None:
    """The quoted or bare value at ``at`` and where it ends; None for quotes that never close."""
    if at < len(text) and text[at] in _OPEN:
        end = text.find(_CLOSE[text[at]], at + 1)
        return None if end < 0 else (text[at + 1 : end].strip(), end + 1)
    end = at
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[at:end], end


def _complete(comment: Comment, form: str, names: tuple[str, ...], values: dict[str, str]) -> Directive:
    until, wrong = None, ""
    if form != "ignore-end":
        if not names:
            wrong = f"names no rule; write for example {EXAMPLE}"
        elif any(not name.strip("*/") for name in names):
            wrong = "would silence every rule; name the rule that it is for"
        elif not values.get("reason"):
            wrong = 'gives no reason; add reason="why these words may stand"'
    if values.get("until"):
        try:
            until = date.fromisoformat(values["until"])
        except ValueError:
            wrong = wrong or f"has until={values['until'][:40]}, which is no date; write it as 2030-12-31"
    return Directive(comment, form, names, values.get("reason", ""), until, values.get("by", ""), wrong)


def _known() -> str:
    return "known: " + ", ".join(FORMS)
