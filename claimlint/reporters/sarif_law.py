"""The provisions that findings name as a SARIF taxonomy, so that a viewer can group results by law.

Only provisions that this run's findings or rules cite are written; the taxonomy says that it is not complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from claimlint.model import Finding, Rule
from claimlint.reporters.view import detail_of, is_web_address, name_of, visible

NAME = "claimlint-provisions"


def provisions(findings: Iterable[Finding]) -> dict[str, Mapping[str, Any]]:
    """The records that the findings carry, by id, sorted."""
    found = {str(one["id"]): one for finding in findings for one in finding.provisions if one.get("id")}
    return {name: found[name] for name in sorted(found)}


def taxonomy(records: Mapping[str, Mapping[str, Any]], address: str) -> dict[str, Any]:
    """The taxonomy's tool component; ``address`` is the project's own page."""
    return {
        "name": NAME,
        "organization": "claimlint",
        "shortDescription": {"text": "Provisions of law and guidance that findings rest on."},
        "informationUri": address,
        "isComprehensive": False,
        "taxa": [_taxon(name, record) for name, record in records.items()],
    }


def _taxon(name: str, record: Mapping[str, Any]) -> dict[str, Any]:
    title = visible(name_of(record) or name)
    out: dict[str, Any] = {"id": visible(name), "shortDescription": {"text": _stop(title)}}
    detail = detail_of(record)
    if detail:
        out["fullDescription"] = {"text": _stop(visible(detail))}
    address = record.get("source_url") or record.get("url")
    if isinstance(address, str) and is_web_address(address):
        out["helpUri"] = address
    return out


def references(names: Iterable[str], records: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """References to those of ``names`` that the taxonomy holds."""
    at = {name: number for number, name in enumerate(records)}
    component = {"name": NAME, "index": 0}
    return [
        {"id": visible(name), "index": at[name], "toolComponent": component}
        for name in dict.fromkeys(names)
        if name in at
    ]


def relationships(rule: Rule, records: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A rule's relationships to the provisions that it cites."""
    return [{"target": one, "kinds": ["relevant"]} for one in references(rule.provisions, records)]


def _stop(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text.rstrip(".:;,") + "."
