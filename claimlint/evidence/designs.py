"""Tells from a sentence's words what kind of study it leans on, and which words said so.

The phrases are data in `seeds/designs.yaml`, because people who review evidence must be able to read and
correct them; this compiles them and applies the few rules that need order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claimlint.evidence.patterns import union

_LISTS = (
    "wanting", "registry", "continues", "results", "status", "safety", "against", "safe", "mechanism", "outcome", "population", "partly",
)  # fmt: skip
_CLAUSE = re.compile(r"[,;:]|\b(?:though|although|while|but|however)\b")
_SAMPLE = re.compile(
    r"\b(\d{1,3}(?:,\d{3}){1,4}|\d{1,5})[\s-](?:patients|people|participants|subjects|volunteers|adults|children|women|men)\b"
)
_YEAR = re.compile(r"\b(?:19[89]\d|20[0-4]\d)\b")


@dataclass(frozen=True, slots=True)
class Design:
    """What a sentence shows of a study. ``stage`` is one of the stages in seeds/tiers.yaml, or None."""

    stage: str | None = None
    words: str = ""
    year: int | None = None
    n: int | None = None
    population: str | None = None
    route: str | None = None


class Designs:
    """The compiled phrases. All tests take lower-case, normalised text."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._stages = [(str(entry["id"]), union(entry["phrases"])) for entry in data["stages"]]
        self._routes = [(str(entry["id"]), union(entry["phrases"])) for entry in data["routes"]]
        self._lists = {name: union(data[name]) for name in _LISTS}
        self._scale = float(data["calibration"]["scale"])
        self._offset = float(data["calibration"]["offset"])

    def estimate(self, score: float) -> float:
        """A scorecard's score on the scale of the caps, 0 to 1."""
        return round(min(1.0, max(0.0, self._scale * score + self._offset)), 3)

    def says(self, name: str, text: str) -> bool:
        """Whether the text holds a phrase of that list."""
        return bool(self._lists[name].search(text))

    def continues(self, text: str) -> bool:
        """Whether the sentence opens as one that goes on about the study before it."""
        return bool(self._lists["continues"].match(text))

    def read(self, text: str) -> Design:
        """The design that the sentence shows; a study that is called for or under way counts as none."""
        stage, words = self._stage(text)
        year, size = _YEAR.search(text), _SAMPLE.search(text)
        population = self._lists["population"].search(text)
        route = next((name for name, pattern in self._routes if pattern.search(text)), None)
        return Design(
            stage,
            words,
            int(year[0]) if year else None,
            int(size[1].replace(",", "")) if size else None,
            population[0] if population else None,
            route,
        )

    def _stage(self, text: str) -> tuple[str | None, str]:
        status = self._lists["status"].search(text)
        if status:
            return "status", status[0]
        held = [clause for clause in _CLAUSE.split(text) if not self.says("wanting", clause)]
        for name, pattern in self._stages:
            for clause in held:
                match = pattern.search(clause)
                if match:
                    return name, match[0]
        registry = self._lists["registry"].search(text)
        if registry:
            return "registry", registry[0]
        if self.says("mechanism", text) and not self.says("outcome", text):
            return "mechanism", ""
        return None, ""
