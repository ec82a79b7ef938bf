"""How a rule is named in options, settings and comments: by id, by a pattern of ids or by category.

One place decides it, so that --select, severity per rule and an ignore comment mean the same by a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from claimlint.errors import did_you_mean
from claimlint.model import Rule


@lru_cache(maxsize=4096)
def matches(name: str, rule: str, category: str) -> bool:
    """Whether ``name`` means this rule: its id, its category, or a pattern (``core/overclaim/*``)."""
    if name in (rule, category):
        return True
    if "*" not in name:
        return False
    return _pattern(name, rule)


def _pattern(pattern: str, text: str) -> bool:
    """``*`` stands for any run of characters; each takes the first place that fits, so it is linear."""
    first, *rest = pattern.split("*")
    if not text.startswith(first):
        return False
    at = len(first)
    for piece in rest[:-1]:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return len(text) - at >= len(rest[-1]) and text.endswith(rest[-1])


def any_matches(names: Iterable[str], rule: str, category: str) -> bool:
    """Whether one of ``names`` means this rule."""
    return any(matches(name, rule, category) for name in names)


def unknown(name: str, rules: Iterable[Rule]) -> str | None:
    """None where ``name`` means at least one rule; else what to say about it, with the nearest name."""
    known = list(rules)
    if any(matches(name, rule.id, rule.category) for rule in known):
        return None
    names = {rule.id for rule in known} | {rule.category for rule in known}
    hint = did_you_mean(name, frozenset(names))
    if not hint:
        ends = {rule.id.rsplit("/", 1)[-1]: rule.id for rule in known}
        if name.rsplit("/", 1)[-1] in ends:
            hint = f" (did you mean '{ends[name.rsplit('/', 1)[-1]]}'?)"
    return f"no rule or category is called '{name}'{hint}; 'claimlint rules list' shows them all"
