"""Holds claims against those that a team has approved, with references, an owner and a last day.

An approval covers its own words or pair at its own strength, for its own product and market, until its
last day; it never covers an absolute claim, and never one that the registry calls false or superseded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from claimlint.evidence.patterns import literal, union
from claimlint.model import Claim, Strength, Verdict

_ASSERTS_NOTHING = frozenset({"question", "conditional", "aim", "advice", "warning", "background"})
_STANDS = frozenset({"contradicted", "superseded"})


class _Approved(NamedTuple):
    entry: Mapping[str, Any]
    words: re.Pattern[str] | None
    product: re.Pattern[str]
    products: frozenset[str]
    indication: re.Pattern[str] | None
    indications: frozenset[str]


class Approvals:
    """A team's approved claims, for one market (None: not known) on one day."""

    def __init__(self, entries: Iterable[Mapping[str, Any]], market: str | None, as_of: date) -> None:
        self._as_of = as_of.isoformat()
        self._entries = [_compiled(entry) for entry in entries if _sold_in(entry, market)]

    def settle(self, claim: Claim, folded: str, found: Verdict | None) -> Verdict | None:
        """The verdict on ``claim`` once approvals count; ``folded`` is its sentence in lower case.

        ``found`` is what the registry says. A fitting approval makes it supported and says by what; one
        that has ended is told where there is a verdict to add it to.
        """
        if claim.strength is Strength.NONE or claim.negated or claim.contexts & _ASSERTS_NOTHING:
            return found
        fitting = [one.entry for one in self._entries if _fits(one, claim, folded)]
        if not fitting:
            weaker = next((one.entry for one in self._entries if _too_strong(one, claim, folded)), None)
            if weaker is not None and weaker["valid_until"] >= self._as_of:
                note = f"The approval '{weaker['id']}' goes no further than a {weaker['strength']} claim."
                return _noted(found, weaker, note)
        live = next((entry for entry in fitting if entry["valid_until"] >= self._as_of), None)
        if live is not None and (found is None or found.verdict not in _STANDS):
            return Verdict(
                "supported", None, Strength(live["strength"]), (f"approved/{live['id']}",), _by(live)
            )
        if not fitting:
            return found
        note = (
            f"The approval '{live['id']}' does not outweigh this record."
            if live is not None
            else f"The approval '{fitting[0]['id']}' ({fitting[0]['owner']}) ended on {fitting[0]['valid_until']}."
        )
        return _noted(found, live or fitting[0], note)

    def spans(self, folded: str, interventions: Sequence[str]) -> list[tuple[int, int]]:
        """Where approved words stand in a sentence that names the product and no other intervention."""
        out: list[tuple[int, int]] = []
        for one in self._entries:
            if one.words is None or one.entry["valid_until"] < self._as_of:
                continue
            if not (one.product.search(folded) or one.products & set(interventions)):
                continue
            if set(interventions) - one.products:
                continue
            out += [match.span() for match in one.words.finditer(folded)]
        return out


def _noted(found: Verdict | None, entry: Mapping[str, Any], note: str) -> Verdict:
    """The verdict with a sentence on an approval that does not settle it; the approval joins the records, so that findings tell it."""
    known = found or Verdict("not-checkable")
    records = (*known.records, f"approved/{entry['id']}")
    return known._replace(records=records, detail=f"{known.detail} {note}".strip())


def _fits(one: _Approved, claim: Claim, folded: str) -> bool:
    if claim.strength.rank > Strength(one.entry["strength"]).rank:
        return False
    return _same_pair(one, claim, folded) and (one.words is None or bool(one.words.search(folded)))


def _too_strong(one: _Approved, claim: Claim, folded: str) -> bool:
    return claim.strength.rank > Strength(one.entry["strength"]).rank and _same_pair(one, claim, folded)


def _same_pair(one: _Approved, claim: Claim, folded: str) -> bool:
    """Whether the claim is about the approval's product and, where it names one, its indication."""
    if claim.intervention is not None:
        if claim.intervention not in one.products:
            return False
    elif not one.product.search(folded):
        return False
    if one.indication is not None:
        named = claim.condition in one.indications if claim.condition else bool(one.indication.search(folded))
        if not named and not (claim.target_kind != "condition" and one.indication.search(folded)):
            return False
    return True


def _compiled(entry: Mapping[str, Any]) -> _Approved:
    words = None
    if "text" in entry:
        words = literal(entry["text"])
    elif "phrases" in entry:
        words = union(phrase.lower() for phrase in entry["phrases"])
    indication = entry.get("indication")
    return _Approved(
        entry,
        words,
        literal(entry["product"]),
        _concepts(entry["product"]),
        literal(indication) if indication else None,
        _concepts(indication) if indication else frozenset(),
    )


def _concepts(name: str) -> frozenset[str]:
    """The concept ids that a name may have: as the lexicon has it, or as a team's own word."""
    slug = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
    return frozenset({slug, f"own/{slug}"})


def _sold_in(entry: Mapping[str, Any], market: str | None) -> bool:
    """Whether the approval holds in the market; where the copy's is not known, or it names none, it does."""
    if market in (None, "auto") or "market" not in entry:
        return True
    wanted = str(market).lower()
    return any(wanted == one.lower() or wanted.startswith(f"{one.lower()}-") for one in entry["market"])


def _by(entry: Mapping[str, Any]) -> str:
    cited = "; ".join(entry["cited"])
    market = f" for {', '.join(entry['market'])}" if "market" in entry else ""
    return (
        f"Approved{market} by {entry['owner']} until {entry['valid_until']} as '{entry['id']}' "
        f"(references: {cited})."
    )


def cited(reference: Mapping[str, Any]) -> str:
    """A reference in one line: its title and every id by which it can be found."""
    ids = [f"{key.upper()} {reference[key]}" for key in ("doi", "pmid") if key in reference]
    ids += [str(reference["nct"])] if "nct" in reference else []
    return ", ".join([str(reference["title"]), *(ids or [str(reference["url"])])])
