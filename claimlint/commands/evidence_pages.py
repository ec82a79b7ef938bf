"""Lays out the evidence registry for people and for programs.

The records are data, so everything in them is shown under its own name and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from claimlint.errors import UsageError, did_you_mean
from claimlint.evidence import Registry
from claimlint.evidence.lookup import Names, find_records, names_of, narrowest, near
from claimlint.evidence.registry import tier_of


def listing(registry: Registry, words: Sequence[str], fmt: str) -> str:
    """The records that all ``words`` are about, as lines of id, tier and strongest claim, or as JSON.

    A word may be part of an id, a product's name, an abbreviation or any other name of a treatment or condition.
    """
    found = find_records(_all(registry), words, _names(registry), registry) if words else _all(registry)
    if fmt == "json":
        return _json([_plain(record) for record in found])
    width = max((len(str(record["id"])) for record in found), default=0)
    return "".join(f"{record['id']:<{width}}  {_said(record, registry)}\n" for record in found)


def nothing(registry: Registry, words: Sequence[str]) -> str | None:
    """What to tell of ``words`` that no record is about, with what comes near; None where there are records."""
    records, names = _all(registry), _names(registry)
    if not words or find_records(records, words, names, registry):
        return None
    hint = near(records, words, names, registry) or "'claimlint evidence list' shows all records"
    return f"no record on '{' '.join(words)}': {hint}"


def _names(registry: Registry) -> Names:
    from claimlint import rules

    return names_of(rules.load().terms, registry)


def _all(registry: Registry) -> list[Mapping[str, Any]]:
    approved = [{**entry, "id": f"approved/{entry['id']}"} for entry in registry.approved()]
    return sorted([*registry.records(), *approved], key=lambda record: str(record["id"]))


def _said(record: Mapping[str, Any], registry: Registry) -> str:
    if "valid_until" in record:
        return f"own   at most {record['strength']}, until {record['valid_until']}"
    return f"{tier_of(record) or 'none':<4}  at most {registry.allowed(record)}"


def page(registry: Registry, name: str, fmt: str) -> str:
    """One record in full, by its id or by words that fit it alone; UsageError where none or several do."""
    records = {str(record["id"]): record for record in _all(registry)}
    record = records.get(name) or _named(registry, list(records.values()), name)
    if fmt == "json":
        return _json(_plain(record))
    allowed = record["strength"] if "valid_until" in record else registry.allowed(record)
    return f"strongest claim allowed: {allowed}\n" + "".join(f"{line}\n" for line in _lines(record))


def _named(registry: Registry, records: list[Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    """The one record that is about the name."""
    names, words = _names(registry), name.split()
    found = [] if "/" in name else narrowest(find_records(records, words, names, registry), words, names)
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(str(record["id"]) for record in found)
        raise UsageError(f"{len(found)} evidence records are on '{name}': name one of {ids}")
    alike = near(records, words, names, registry)
    hint = did_you_mean(name, tuple(str(record["id"]) for record in records)) or (alike and f" ({alike})")
    raise UsageError(
        f"no evidence record is called '{name}'{hint or ''}; 'claimlint evidence list' shows them all"
    )


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
