"""Writes the credibility scorecards of a run as text, JSON or HTML.

The scoring itself happens in the engine; this lays it out, document by document, beside what the claims say of it:
good marks for the source never cancel a claim that the record contradicts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimlint.evidence.ids import tied
from claimlint.model import Checked, Run, Signals, Strength
from claimlint.reporters.view import visible

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


_AGAINST = frozenset({"contradicted", "superseded", "stronger-than-evidence"})


def render(run: Run, fmt: str) -> str:
    """The scorecards as ``text``, ``json`` or ``html``, in the order of the run."""
    if fmt == "html":
        from claimlint.reporters.html import render_credibility

        return render_credibility(run, [evidence(checked) for checked in run.checked])
    return _json(run) if fmt == "json" else "".join(map(_card, run.checked))


def _json(run: Run) -> str:
    import json

    documents = [
        {
            "path": checked.document.path,
            "signals": _signals(checked.signals),
            "speaker": checked.signals.speaker,
            "credibility": dict(checked.credibility),
            "evidence": evidence(checked),
        }
        for checked in run.checked
    ]
    failures = [{"path": failure.path, "reason": failure.reason} for failure in run.failures]
    whole = {"version": 1, "documents": documents, "failures": failures}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def evidence(checked: Checked) -> dict[str, Any]:
    """What a document claims against what it cites, and against the registry.

    ``claims`` counts what is asserted, hedged or plain; ``cited`` those that a DOI, PMID or trial number follows;
    ``verdicts`` how many got each verdict; ``against_the_record`` up to three of those that the record contradicts,
    has overtaken or allows less of.
    """
    asserted = [
        (claim, verdict)
        for claim, verdict in checked.claims
        if claim.strength is not Strength.NONE and not claim.negated and not claim.attributed
    ]
    ids = tied(checked.document, [claim for claim, _ in asserted])
    words = [verdict.verdict for _, verdict in asserted if verdict is not None]
    against = [
        {
            "quote": checked.document.blocks[claim.place.block].text[claim.place.start : claim.place.end],
            "verdict": verdict.verdict,
            "detail": verdict.detail,
        }
        for claim, verdict in asserted
        if verdict is not None and verdict.verdict in _AGAINST
    ]
    return {
        "claims": len(asserted),
        "cited": sum(1 for found in ids if found),
        "verdicts": {word: words.count(word) for word in sorted(set(words))},
        "against_the_record": against[:3],
    }


def _signals(signals: Signals) -> dict[str, bool]:
    return {name: bool(getattr(signals, name)) for name in SIGNALS}


def _card(checked: Checked) -> str:
    lines = [visible(checked.document.path), f"  speaker: {checked.signals.speaker}"]
    lines += [
        f"  {name.replace('_', ' ')}: {'yes' if value else 'no'}"
        for name, value in _signals(checked.signals).items()
    ]
    known = evidence(checked)
    lines.append(f"  claims: {known['claims']}, {known['cited']} of them with a reference that can be found")
    lines += [f"    {word}: {number}" for word, number in known["verdicts"].items()]
    lines += [f'    {one["verdict"]}: "{visible(one["quote"][:60])}"' for one in known["against_the_record"]]
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
    return f' ("{visible(shown[0]["quote"][:60])}")' if shown else ""
