"""The lengths of the report's bars: credibility as pictures that need no script and no picture file.

The arithmetic stands here and the template only draws, so that a bar and its label can't disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WIDTH = 120
_NAMES = {"jama": "JAMA benchmarks", "discern": "DISCERN", "hon": "HONcode"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of ``WIDTH`` units: (kind, left edge, width) for each part, and the same in words."""

    name: str
    words: str
    parts: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What the report shows of a document's credibility: bars, and each question with its answer."""

    score: Bar
    value: float
    instruments: tuple[Bar, ...]
    items: tuple[tuple[str, str, str], ...]
    formula: str


def scorecard(card: Mapping[str, Any]) -> Scorecard | None:
    """The bars for ``Checked.credibility``; None where nobody asked for it."""
    if "score" not in card:
        return None
    value = min(1.0, max(0.0, float(card["score"])))
    filled = round(value * WIDTH, 1)
    score = Bar(
        "Score", f"{value:.2f} of 1", (("present", 0.0, filled), ("absent", filled, round(WIDTH - filled, 1)))
    )
    items = []
    for item in card["items"]:
        shown = item.get("shown") or []
        items.append((str(item["question"]), str(item["state"]), str(shown[0]["quote"]) if shown else ""))
    bars = tuple(_instrument(name, counts) for name, counts in card["instruments"].items())
    return Scorecard(score, value, bars, tuple(items), str(card["formula"]))


def _instrument(name: str, counts: Mapping[str, int]) -> Bar:
    total = max(1, sum(counts.values()))
    parts, at = [], 0.0
    for state in ("present", "absent", "unknown"):
        width = round(counts.get(state, 0) / total * WIDTH, 1)
        if width:
            parts.append((state, round(at, 1), width))
        at += width
    words = ", ".join(f"{counts.get(state, 0)} {state}" for state in ("present", "absent", "unknown"))
    return Bar(_NAMES.get(name, name), words, tuple(parts))
