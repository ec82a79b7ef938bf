"""Shared by the tests of rules: a sound rule to break, and a folder to write it into."""

from collections.abc import Callable
from pathlib import Path

import pytest

SOUND = """\
title: Promise of a lasting result
kind: phrase
category: efficacy
severity: warning
confidence: medium
message: "'{quote}' promises that the result lasts."
why: Nobody can know how long a result lasts for the next person.
match:
  phrases:
    - (lasts|lasting) forever
unless: [negated, question]
examples:
  flag:
    - "A result that [[lasts forever]]."
    - "Bliss [[lasting forever]]."
  pass:
    - "It never lasts long."
    - "Nothing is said here."
"""


@pytest.fixture
def sound() -> str:
    """The text of a rule with which nothing is wrong."""
    return SOUND


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file into the folder `own` and gives its path."""

    def writer(name: str, text: str) -> Path:
        path = tmp_path / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
        return path

    return writer


@pytest.fixture(scope="session")
def data() -> Callable[[str], list[Path]]:
    """The shipped files of one sort: rule, lexicon, pack or provisions."""
    base = Path(__file__).parents[2] / "rulesets"

    def files(sort: str) -> list[Path]:
        if sort in ("lexicon", "provisions"):
            return sorted((base / f"_{sort}").rglob("*.yaml"))
        packs = [path for path in sorted(base.rglob("*.yaml")) if path.relative_to(base).parts[0][0] != "_"]
        return [path for path in packs if (path.name == "pack.yaml") == (sort == "pack")]

    return files
