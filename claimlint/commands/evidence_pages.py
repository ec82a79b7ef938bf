"""Lays out the evidence registry for people and for programs.

The records are data, so everything in them is shown under its own name and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from claimlint.errors import UsageError, did_you_mean
from claimlint.evidence import Registry
from claimlint.evidence.registry import tier_of


def listing(registry: Registry, words: Sequence[str], fmt: str) -> str:
    """The records whose id holds all ``words``, as lines of id, tier and strongest claim, or as JSON."""
    found = [record for record in _all(registry) if all(word.lower() in str(record["id"]) for word in words)]
    if fmt == "json":
        return _json([_plain(record) for record in found])
    width = max((len(str(record["id"])) for record in found), default=0)
    return "".join(f"{record['id']:<{width}}  {_said(record, registry)}\n" for record in found)


def _all(registry: Registry) -> list[Mapping[str, Any]]:
    approved = [{**entry, "id": f"approved/{entry['id']}"} for entry in registry.approved()]
    return sorted([*registry.records(), *approved], key=lambda record: str(record["id"]))


def _said(record: Mapping[str, Any], registry: Registry) -> str:
    if "valid_until" in record:
        return f"own   at most {record['strength']}, until {record['valid_until']}"
    return f"{tier_of(record) or 'none':<4}  at most {registry.allowed(record)}"


def page(registry: Registry, name: str, fmt: str) -> str:
    """One record in full; UsageError for an id that isn't there."""
    records = {str(record["id"]): record for record in _all(registry)}
    record = records.get(name)
    if record is None:
        known = tuple(records)
        raise UsageError(
            f"no evidence record is called '{name}'{did_you_mean(name, known)}; "
            "'claimlint evidence list' shows them all"
        )
    if fmt == "json":
        return _json(_plain(record))
    allowed = record["strength"] if "valid_until" in record else registry.allowed(record)
    return f"strongest claim allowed: {allowed}\n" + "".join(f"{line}\n" for line in _lines(record))


def _lines(value: Any, depth: int = 0) -> Iterator[str]:
    pad = "  " * depth
    if isinstance(value, Mapping):
        for name, item in value.items():
            if isinstance(item, Mapping | list | tuple):
                yield f"{pad}{name}:"
                yield from _lines(item, depth + 1)
            elif item not in (None, ""):
                yield f"{pad}{name}: {item}"
    elif isinstance(value, list | tuple):
        for item in value:
            if isinstance(item, Mapping | list | tuple):
                first, *rest = list(_lines(item, depth + 1)) or [""]
                yield f"{pad}- {first.strip()}"
                yield from rest
            else:
                yield f"{pad}- {item}"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | type(None)) else str(value)


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
