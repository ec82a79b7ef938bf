"""Writes the credibility scorecards of a run as text or JSON.

The scoring itself happens in the engine; this only lays it out, document by document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimlint.model import Checked, Run, Signals

SIGNALS = (
    "promotes",
    "cta",
    "risk_disclosure",
    "harms",
    "investigational_notice",
    "citations",
    "author",
    "date",
)


def render(run: Run, fmt: str) -> str:
    """The scorecards as ``text`` or ``json``, in the order of the run."""
    return _json(run) if fmt == "json" else "".join(map(_card, run.checked))


def _json(run: Run) -> str:
    import json

    documents = [
        {
            "path": checked.document.path,
            "signals": _signals(checked.signals),
            "speaker": checked.signals.speaker,
            "credibility": dict(checked.credibility),
        }
        for checked in run.checked
    ]
    failures = [{"path": failure.path, "reason": failure.reason} for failure in run.failures]
    whole = {"version": 1, "documents": documents, "failures": failures}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _signals(signals: Signals) -> dict[str, bool]:
    return {name: bool(getattr(signals, name)) for name in SIGNALS}


def _card(checked: Checked) -> str:
    lines = [checked.document.path, f"  speaker: {checked.signals.speaker}"]
    lines += [
        f"  {name.replace('_', ' ')}: {'yes' if value else 'no'}"
        for name, value in _signals(checked.signals).items()
    ]
    card = checked.credibility
    if card:
        lines.append(f"  score: {card['score']} (0 to 1; {card['formula']})")
        lines += [
            f"  {name}: {total['present']} present, {total['absent']} absent, {total['unknown']} unknown"
            for name, total in card["instruments"].items()
        ]
        lines += [f"    {item['state']:8} {item['question']}{_shown(item)}" for item in card["items"]]
    return "\n".join(lines) + "\n\n"


def _shown(item: Mapping[str, Any]) -> str:
    shown = item.get("shown") or []
    return f' ("{shown[0]["quote"][:60]}")' if shown else ""
