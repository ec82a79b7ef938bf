"""How a rule is told in SARIF: its names, its help and the address of its page.

Apart from sarif.py because this is prose about rules, and changes for other reasons than places do.
"""

from __future__ import annotations

import re
from typing import Any

from claimlint.model import Finding, Rule
from claimlint.reporters.view import is_web_address, visible

PROJECT = "https://claimlint.readthedocs.io"
"""The project's own pages: the one address that reports point to for the tool itself."""

_ID = re.compile(r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*")

DOCS = f"{PROJECT}/rules"
"""A rule's page stands at this address, a slash and the rule's id."""


def page_of(rule: str) -> str:
    """The address of a rule's page; that of all rules where the id can't stand in an address."""
    return f"{DOCS}/{rule}" if _ID.fullmatch(rule) else DOCS


def descriptor(rule: Rule | Finding) -> dict[str, Any]:
    """A reportingDescriptor; a finding stands for a rule that has no file (housekeeping, plugins)."""
    title, why, suggest, links = "", rule.message, rule.suggest[:0], rule.suggest[:0]
    if isinstance(rule, Finding):
        name = rule.rule
    else:
        title, why, suggest, name = rule.title, rule.why or rule.message, rule.suggest, rule.id
        links = tuple(source for source in rule.sources if is_web_address(source))
    title = title or name.rsplit("/", 1)[-1].replace("-", " ")
    return {
        "id": name,
        "name": _pascal(name),
        "shortDescription": {"text": _stop(title)},
        "fullDescription": {"text": _stop(why)},
        "help": {"text": _help(why, suggest, links), "markdown": _markdown(title, why, suggest, links)},
        "helpUri": page_of(name),
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {
            "tags": ["claimlint", rule.category],
            "precision": rule.confidence.value,
            "problem.severity": {"note": "recommendation"}.get(rule.severity.value, rule.severity.value),
        },
    }


def _help(why: str, suggest: tuple[str, ...], links: tuple[str, ...]) -> str:
    parts = [
        _stop(why),
        *(_stop(f"Suggested: {text}") for text in suggest),
        *(f"Source: {link}" for link in links),
    ]
    return "\n".join(parts)


def _markdown(title: str, why: str, suggest: tuple[str, ...], links: tuple[str, ...]) -> str:
    parts = [f"## {_escaped(title)}", _escaped(_stop(why))]
    if suggest:
        parts.append("**Suggested wording**\n\n" + "\n".join(f"- {_escaped(text)}" for text in suggest))
    if links:
        parts.append("**Sources**\n\n" + "\n".join(f"- <{link}>" for link in links))
    return "\n\n".join(parts)


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)


def _stop(text: str) -> str:
    text = visible(" ".join(text.split()))
    return text if text.endswith((".", "!", "?")) else text.rstrip(".:;,") + "."


def _pascal(rule: str) -> str:
    """ "core/overclaim/proof-verb" -> "OverclaimProofVerb": readable, and unique within a pack."""
    parts = rule.split("/")
    return "".join(
        word[:1].upper() + word[1:] for word in re.split(r"[^0-9A-Za-z]+", " ".join(parts[1:] or parts))
    )
