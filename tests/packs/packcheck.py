"""The shipped packs as the command loads them, made once: what the tests of packs share."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import yaml

from claimlint import evidence, readers
from claimlint.engine import Engine
from claimlint.model import Checked
from claimlint.rules import Ruleset, load
from claimlint.rules.loader import shipped
from claimlint.rules.locate import data_folder

AS_OF = date(2026, 11, 24)
PACKS = tuple(name for name in shipped() if name != "core")


@cache
def ruleset(pack: str) -> Ruleset:
    """Core and ``pack``, compiled anew so that no cache can be stale."""
    return load((pack,), cache=False)


@cache
def engine(pack: str, profile: str = "team") -> Engine:
    """An engine over core and ``pack`` with the shipped evidence."""
    return Engine(ruleset(pack), evidence.load(), profile=profile, as_of=AS_OF)


def check(pack: str, text: str, suffix: str = "txt", profile: str = "team") -> Checked:
    """``text`` checked with core and ``pack``; nothing is filtered or suppressed."""
    return engine(pack, profile).check(readers.read(f"page.{suffix}", text.encode("utf-8")))


def cited(pack: str, text: str) -> set[str]:
    """The ids of the provisions that findings on ``text`` name, in any profile."""
    checked = check(pack, text, profile="regulator")
    return {record["id"] for finding in checked.findings for record in finding.provisions}


@cache
def concepts() -> list[dict[str, Any]]:
    """The shipped concepts."""
    path = data_folder("rulesets") / "_provisions" / "concepts.yaml"
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["concepts"]
    return found


@cache
def provisions() -> dict[str, dict[str, Any]]:
    """Every shipped provision by id."""
    return {name: dict(record) for name, record in ruleset("us-federal").provisions.items()}
