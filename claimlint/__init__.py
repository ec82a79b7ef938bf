"""A linter for health claims: finds what a page says beyond its evidence, and explains why.

This is the whole public API; everything in it is loaded on first use, so that importing the package
(or asking the command for its version) costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from claimlint.api import check_paths, check_text, load_rules
    from claimlint.errors import (
        ClaimlintError,
        ConfigError,
        MissingExtra,
        ReadError,
        RuleError,
        UsageError,
    )
    from claimlint.model import (
        Block,
        Checked,
        Claim,
        Comment,
        Confidence,
        Document,
        Failure,
        Finding,
        Fix,
        Link,
        Place,
        Reason,
        Rule,
        Run,
        Scope,
        Severity,
        Signals,
        Strength,
        Unread,
        Verdict,
    )

__all__ = [
    "Block",
    "Checked",
    "Claim",
    "ClaimlintError",
    "Comment",
    "Confidence",
    "ConfigError",
    "Document",
    "Failure",
    "Finding",
    "Fix",
    "Link",
    "MissingExtra",
    "Place",
    "ReadError",
    "Reason",
    "Rule",
    "RuleError",
    "Run",
    "Scope",
    "Severity",
    "Signals",
    "Strength",
    "Unread",
    "UsageError",
    "Verdict",
    "__version__",
    "check_paths",
    "check_text",
    "load_rules",
]

_FUNCTIONS = frozenset({"check_paths", "check_text", "load_rules"})


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'claimlint' has no attribute '{name}'")
    from importlib import import_module

    if name in _FUNCTIONS:
        return getattr(import_module("claimlint.api"), name)
    for module in ("claimlint.model", "claimlint.errors"):
        found = getattr(import_module(module), name, None)
        if found is not None:
            return found
    raise AttributeError(f"module 'claimlint' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
