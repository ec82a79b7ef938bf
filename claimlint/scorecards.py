"""Writes the credibility scorecards of a run as text or JSON.

The scoring itself happens in the engine; this only lays it out, document by document.
"""

from __future__ import annotations

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
    lines += [f"  {name}: {value}" for name, value in checked.credibility.items()]
    return "\n".join(lines) + "\n\n"
