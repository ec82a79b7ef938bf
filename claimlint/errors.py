"""Every error that claimlint raises on purpose, so that callers can tell a bad input from a defect.

ClaimlintError
├── UsageError      a bad option, path or name on the command line
├── ConfigError     a settings file that can't be used
├── RuleError       a rule, pack, lexicon or evidence file that can't be used
├── ReadError       a document that can't be read or decoded (it becomes a Failure of the run)
└── MissingExtra    a feature whose optional dependency isn't installed
"""

from __future__ import annotations


class ClaimlintError(Exception):
    """An input that can't be used; the message names the place, the cause and the next step."""

    exit_status = 2


class _Located(ClaimlintError):
    """An error at a file and, where known, a line (1-based)."""

    def __init__(self, message: str, path: str = "", line: int | None = None) -> None:
        self.path = path
        self.line = line
        self.reason = message
        where = f"{path}:{line}: " if path and line else f"{path}: " if path else ""
        super().__init__(f"{where}{message}")


class UsageError(ClaimlintError):
    """A command line that can't be carried out."""


class ConfigError(_Located):
    """A settings file with an unknown key, a wrong type or a value out of range."""


class RuleError(_Located):
    """A rule, pack, lexicon or evidence file that breaks its schema or can't compile."""


class ReadError(_Located):
    """A document that can't be read, decoded or parsed."""


class MissingExtra(ClaimlintError):
    """A feature that needs an optional dependency."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs the optional part '{extra}': "
            f"install it with  python -m pip install 'claimlint[{extra}]'"
        )


def did_you_mean(name: str, known: list[str] | tuple[str, ...] | frozenset[str]) -> str:
    """A ready-to-append hint with the nearest known name, or the empty string."""
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f" (did you mean '{near[0]}'?)" if near else ""
