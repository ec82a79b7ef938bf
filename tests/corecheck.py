"""The core rules as the command runs them, made once: what the tests of detection share."""

from __future__ import annotations

from datetime import date
from functools import cache

from claimlint import evidence, readers
from claimlint.engine import Engine
from claimlint.model import Checked
from claimlint.rules import Ruleset, load

AS_OF = date(2026, 11, 24)


@cache
def ruleset() -> Ruleset:
    """The rules as they stand in the checkout, compiled anew so that no cache can be stale."""
    return load(cache=False)


@cache
def engine(profile: str = "team", as_of: date = AS_OF) -> Engine:
    """An engine over the shipped rules and the shipped evidence, as of one fixed day."""
    return Engine(ruleset(), evidence.load(), profile=profile, as_of=as_of)


def check(text: str, suffix: str = "txt", profile: str = "team", as_of: date = AS_OF) -> Checked:
    """``text`` read by the reader of its suffix and checked; nothing is filtered or suppressed."""
    document = readers.read(f"page.{suffix}", text.encode("utf-8"))
    return engine(profile, as_of).check(document)
