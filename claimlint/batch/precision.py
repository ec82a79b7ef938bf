"""Reads reviewers' decisions back: how many findings were right, how sure that is, how much was missed, and where reviewers differ.

Intervals are Wilson's (1927); a figure over several strata weighs each by its size and takes Wilson's interval at the effective sample
size (Korn and Graubard 1998). Agreement is Cohen's kappa (1960) for each pair of reviewers.
"""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from claimlint.errors import UsageError

_Z = 1.959964
"""95 in 100."""
DECISIONS = ("right", "wrong", "unsure")
_KINDS = {"finding": "precision of findings", "no finding": "claims rightly left unmarked"}


def wilson(right: float, total: float, z: float = _Z) -> tuple[float, float]:
    """The interval for a share of ``right`` in ``total``; (0, 1) where nothing was decided."""
    if total <= 0:
        return 0.0, 1.0
    share = right / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    whole = 1 + z * z / total
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two reviewers' decisions on the same rows; None where there are none or both always say the same one thing."""
    if not pairs:
        return None
    total = len(pairs)
    agreed = sum(first == second for first, second in pairs) / total
    chance = sum(
        sum(first == name for first, _ in pairs) * sum(second == name for _, second in pairs)
        for name in DECISIONS
    ) / (total * total)
    return None if chance >= 1 else (agreed - chance) / (1 - chance)


def measure(files: Sequence[str]) -> dict[str, Any]:
    """Everything that the reviewers' files tell, JSON-ready. Raises UsageError naming file and line."""
    rows: dict[str, dict[str, str]] = {}
    decisions: dict[str, dict[str, str]] = {}
    datasets = set()
    for path in files:
        for line, row in _read(path):
            name = row["reviewer"].strip() or os.path.splitext(os.path.basename(path))[0]
            given = decisions.setdefault(row["id"], {})
            if given.setdefault(name, row["decision"]) != row["decision"]:
                raise UsageError(f"{path}:{line}: {name} decided on this row before, and otherwise")
            rows.setdefault(row["id"], row)
            datasets.add(row["dataset"])
    if not rows:
        raise UsageError(
            f"{files[0]}: no row has a decision yet: write right, wrong or unsure into the column 'decision'"
        )
    if len(datasets) > 1:
        raise UsageError("these files are of different datasets: give those of one")
    agreed = {key: _agreed(list(given.values())) for key, given in decisions.items()}
    reviewers = sorted({name for given in decisions.values() for name in given})
    return {
        "reviewers": reviewers,
        "figures": [figure for kind, said in _KINDS.items() if (figure := _figure(kind, said, rows, agreed))],
        "agreement": [
            {
                "reviewers": [first, second],
                "rows": len(both),
                "agreed": sum(a == b for a, b in both),
                "kappa": _rounded(kappa(both)),
            }
            for first, second in combinations(reviewers, 2)
            if (
                both := [
                    (given[first], given[second])
                    for given in decisions.values()
                    if first in given and second in given
                ]
            )
        ],
        "disagreements": [
            {
                "id": key,
                "url": rows[key]["url"],
                "quote": rows[key]["quote"],
                "rule": rows[key]["rule"],
                "decisions": dict(sorted(given.items())),
            }
            for key, given in sorted(decisions.items())
            if len(set(given.values())) > 1
        ],
    }


def _read(path: str) -> list[tuple[int, dict[str, str]]]:
    from claimlint.batch.sample import COLUMNS

    found = []
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [
                name
                for name in ("id", "decision", "reviewer", "kind", "stratum", "stratum_size")
                if name not in (reader.fieldnames or ())
            ]
            if missing:
                raise UsageError(
                    f"{path}: has no column '{missing[0]}': give the file that  claimlint batch sample  wrote, filled in"
                )
            for row in reader:
                decision = (row["decision"] or "").strip().lower()
                if not decision:
                    continue
                if decision not in DECISIONS:
                    raise UsageError(
                        f"{path}:{reader.line_num}: '{decision}' is no decision: write right, wrong or unsure"
                    )
                if not (row["stratum_size"] or "").isdigit():
                    raise UsageError(
                        f"{path}:{reader.line_num}: 'stratum_size' is no number: leave that column as it was"
                    )
                found.append(
                    (
                        reader.line_num,
                        {**{name: row.get(name) or "" for name in COLUMNS}, "decision": decision},
                    )
                )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from None
    return found


def _agreed(given: list[str]) -> str:
    """What most reviewers decided; unsure where as many say right as wrong."""
    right, wrong = given.count("right"), given.count("wrong")
    return "unsure" if right == wrong else "right" if right > wrong else "wrong"


def _figure(
    kind: str, said: str, rows: dict[str, dict[str, str]], agreed: dict[str, str]
) -> dict[str, Any] | None:
    strata: dict[str, dict[str, int]] = {}
    for key, row in rows.items():
        if row["kind"] == kind:
            counts = strata.setdefault(
                row["stratum"], {**dict.fromkeys(DECISIONS, 0), "size": int(row["stratum_size"])}
            )
            counts[agreed[key]] += 1
    if not strata:
        return None
    listed = []
    for name, counts in sorted(strata.items()):
        total = counts["right"] + counts["wrong"]
        low, high = wilson(counts["right"], total)
        share = counts["right"] / total if total else None
        listed.append(
            {
                "stratum": name,
                **counts,
                "share": _rounded(share),
                "low": _rounded(low),
                "high": _rounded(high),
            }
        )
    decided = [one for one in listed if one["right"] + one["wrong"]]
    share, low, high = _weighted(decided)
    return {
        "figure": said,
        "share": _rounded(share),
        "low": _rounded(low),
        "high": _rounded(high),
        "unsure": sum(one["unsure"] for one in listed),
        "strata": listed,
    }


def _weighted(strata: Sequence[dict[str, Any]]) -> tuple[float | None, float, float]:
    """The share over all strata, each weighed by its size, with its interval."""
    everything = sum(one["size"] for one in strata)
    if not everything:
        return None, 0.0, 1.0
    share = variance = 0.0
    total = 0
    for one in strata:
        reviewed = one["right"] + one["wrong"]
        part, weight = one["right"] / reviewed, one["size"] / everything
        share += weight * part
        total += reviewed
        unread = max(0.0, 1 - reviewed / one["size"])
        # A stratum of one decision has no variance of its own; half a decision either way stands in.
        smoothed = (one["right"] + 0.5) / (reviewed + 1)
        spread = part * (1 - part) if 0 < part < 1 else smoothed * (1 - smoothed)
        variance += weight * weight * unread * spread / reviewed
    effective = share * (1 - share) / variance if variance > 0 and 0 < share < 1 else float(total)
    effective = max(1.0, min(effective, float(everything)))
    return (share, *wilson(share * effective, effective))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def render(found: dict[str, Any], fmt: str) -> str:
    """The measurement as ``text`` or ``json``."""
    from claimlint.reporters.view import dump, encodable, visible

    if fmt == "json":
        return dump(found)
    lines = [f"reviewers: {', '.join(found['reviewers'])}", ""]
    for figure in found["figures"]:
        lines.append(
            f"{figure['figure']}: {_said(figure)} (weighted by stratum, 95% interval; {figure['unsure']} undecided left out)"
        )
        for one in figure["strata"]:
            lines.append(
                f"  {one['stratum']:<34} {_said(one):<24} {one['right']} right, {one['wrong']} wrong, {one['unsure']} undecided of {one['size']}"
            )
        lines.append("")
    for one in found["agreement"]:
        value = "-" if one["kappa"] is None else f"{one['kappa']:.2f}"
        lines.append(
            f"{' and '.join(one['reviewers'])}: agree on {one['agreed']} of {one['rows']}, kappa {value}"
        )
    for one in found["disagreements"]:
        said = ", ".join(f"{name} {decision}" for name, decision in one["decisions"].items())
        lines.append(f"  {one['id']}  {one['quote'][:60]!r}  {said}")
    return encodable("\n".join(visible(line) for line in lines).rstrip("\n")) + "\n"


def _said(one: dict[str, Any]) -> str:
    if one["share"] is None:
        return "not decided"
    return f"{one['share']:.2f} ({one['low']:.2f} to {one['high']:.2f})"
