"""A team's own rules made of invented words, so that tests here depend on no shipped rule."""

from __future__ import annotations

from pathlib import Path

RULE = """\
title: {word}
kind: phrase
category: {category}
severity: {severity}
confidence: {confidence}
message: "'{{quote}}' is an invented word"
why: Invented for a test.
sources: [https://example.org/]
match:
  phrases: ["{word}"]
since: "0.1.0"
examples:
  flag: ["It is [[{word}]] here.", "We say [[{word}]] often."]
  pass: ["Nothing to see.", "Plain words."]
"""

WORDS = {
    "zorbify": ("proof", "error", "high"),
    "flimber": ("superiority", "warning", "high"),
    "wobbleton": ("status", "note", "high"),
    "dimly": ("efficacy", "error", "low"),
}
"""Word: category, severity, confidence. The rule's id is ``team/<word>``."""


def write(folder: Path) -> str:
    """Writes the rules into ``folder/team`` and returns that path."""
    home = folder / "team"
    home.mkdir(parents=True)
    for word, (category, severity, confidence) in WORDS.items():
        text = RULE.format(word=word, category=category, severity=severity, confidence=confidence)
        (home / f"{word}.yaml").write_text(text, encoding="utf-8")
    return str(home)
