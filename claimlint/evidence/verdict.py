"""Compares a claim with the registry: is it stronger than what is known, and what may be said instead?

The severity of a finding is decided elsewhere; this only says, in the contract's words, how claim and
record stand to each other, and names the source and its date so that a reader can check.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from claimlint.evidence.group import beyond_group, phrases, unnamed_group
from claimlint.evidence.registry import Record, Registry, tier_of
from claimlint.model import Claim, Strength, Verdict

_ASSERTS_NOTHING = frozenset({"question", "conditional", "aim", "advice", "warning", "background"})
# Quotation marks alone report nothing: a seller who quotes a customer, or puts "reset" in quotes, still says it.
_SAID_BY_OTHERS = frozenset({"reported"})
_LIMITS = {
    Strength.NONE: "No benefit to patients can be claimed on this record.",
    Strength.HEDGED: "This record supports a hedged claim at most.",
    Strength.CAUSAL: "This record supports a plain claim at most, and only for the group studied.",
}
_NO_SAFETY = "No claim to be safe can be made on this record."
_VARIED = "Evidence on this treatment differs from one disease to the next"


def verdict(claim: Claim, registry: Registry, as_of: date, text: str = "", near: str = "") -> Verdict | None:
    """What the registry says of ``claim`` on the day ``as_of``; None where the claim asserts nothing.

    ``text`` is its sentence in lower case, ``near`` the words that it stands among (its block and heading): they tell
    whether the claim goes beyond the group that was studied.

    Absolute claims are never supported. A claim that names no kind of cell, or a whole class of
    conditions, is held against the weakest record among its candidates.
    """
    if claim.strength is Strength.NONE or claim.contexts & _ASSERTS_NOTHING:
        return None
    if claim.negated:
        return Verdict(
            "not-checkable", detail="The sentence denies an effect; the registry holds benefits and harms."
        )
    if claim.attributed or claim.contexts & _SAID_BY_OTHERS:
        return Verdict("not-checkable", detail="The sentence reports what others say.")
    if claim.intervention is None:
        return Verdict("not-checkable", detail="The sentence names no treatment that could be looked up.")
    mechanism = registry.mechanism(claim.effect, claim.effect_class, _target(claim))
    if mechanism:
        found = registry.find_mechanism(claim.intervention, mechanism)
        if found:
            return _judge(found, claim.strength, claim.intervention, registry, as_of)
    condition = claim.condition
    if condition is None and {claim.effect, claim.effect_class} & set(registry.data["safety_effects"]):
        condition = "safety"
    if condition is None or registry.generic(condition):
        return Verdict("not-checkable", detail="The sentence names no condition that could be looked up.")
    found = registry.find(claim.intervention, condition)
    if not found or not tier_of(found[0]):
        return _nothing(registry, claim.intervention, condition, found)
    if claim.experiencer == "animals":
        return _animals(found, claim.strength, registry)
    result = _narrowed(
        _judge(found, claim.strength, claim.intervention, registry, as_of), found[0], claim, text, near
    )
    borrowed = _transplant_only(registry, claim.intervention, condition, found)
    if borrowed and result.verdict != "supported":
        result = _add(result, "Trials of transplant after chemotherapy are about another treatment.")
    return result


def mechanism_verdict(
    intervention: str,
    effect: str,
    registry: Registry,
    strength: Strength = Strength.CAUSAL,
    as_of: date | None = None,
) -> Verdict | None:
    """What the registry says where copy credits ``intervention`` with a mechanism.

    ``effect`` is an effect concept, its class or a mechanism id. None where the registry knows no such
    mechanism; without ``as_of``, a record's age isn't looked at.
    """
    known = registry.data["mechanisms"]
    mechanism = effect if effect in known else registry.mechanism(effect, None, None)
    if mechanism is None:
        mechanism = next((m for m in registry.data["effects"].get(effect, ())), None)
    if mechanism is None or strength is Strength.NONE:
        return None
    found = registry.find_mechanism(intervention, mechanism)
    if not found:
        return _nothing(registry, intervention, mechanism, ())
    return _judge(found, strength, intervention, registry, as_of)


def suggested_wording(verdict: Verdict, registry: Registry) -> str | None:
    """Words at the strength that the weakest record allows; None where no record bears on the claim."""
    return wording_of(finding_evidence(verdict, registry))


def wording_of(entries: Sequence[Mapping[str, Any]]) -> str | None:
    """Words that entries as in `finding_evidence` bear out, the weakest first.

    A claim about a whole class of diseases is not mended by a sentence about one of them.
    """
    if not entries:
        return None
    if len({entry.get("condition") or entry.get("mechanism") for entry in entries}) > 1:
        failed = any(entry["tier"] == "E0" for entry in entries)
        return _VARIED + ("; in some, trials found no benefit." if failed else ".")
    wording = entries[0]["wording"]
    return None if wording is None else str(wording)


def _wording(record: Record, registry: Registry) -> str | None:
    if record.get("wording"):
        return str(record["wording"])
    tier = tier_of(record)
    template = str(registry.data["tiers"][tier]["wording"]) if tier else ""
    if not template:
        return None
    condition = registry.name(record.get("condition") or record.get("mechanism"))
    text = template.format(
        intervention=registry.name(record["intervention"]), condition=condition, study="The trial on record"
    )
    return text[0].upper() + text[1:]


def finding_evidence(verdict: Verdict, registry: Registry) -> tuple[dict[str, Any], ...]:
    """JSON-ready records for ``Finding.evidence``: the pair, both tiers, status, sources and dates."""
    known = registry.data["records"]  # a team's approval is no record: its words stand in the detail
    return tuple(_entry(known[record_id], registry) for record_id in verdict.records if record_id in known)


def due(record: Record) -> date:
    """The day on which the record is to be checked again."""
    year, month, day = (int(part) for part in record["as_of"].split("-"))
    months = year * 12 + month - 1 + int(record["recheck_months"])
    return date(months // 12, months % 12 + 1, min(day, 28))


def settle(result: Verdict, record: Record, as_of: date | None) -> Verdict:
    """The verdict once the record's age counts: support from a record that is overdue is stale."""
    if as_of is None or as_of <= due(record):
        return result
    told = _add(result, f"The record was to be checked again by {due(record).isoformat()}.")
    if result.verdict != "supported":
        return told
    return Verdict("stale", told.tier, told.allowed, told.records, told.detail)


def _judge(
    found: Sequence[Record], strength: Strength, intervention: str, registry: Registry, as_of: date | None
) -> Verdict:
    lowest = found[0]
    tier, allowed = tier_of(lowest), registry.allowed(lowest)
    tiers = {tier_of(record) for record in found}
    if strength.rank <= allowed.rank:
        word = "supported"
    elif tiers == {"E0"} and "S" in lowest.get("flags", ()):
        word = "superseded"
    elif tiers == {"E0"} and strength.rank >= Strength.CAUSAL.rank:
        word = "contradicted"
    else:
        # Candidates that disagree do not contradict a claim that fails to say which of them it means.
        word = "stronger-than-evidence"
    detail = _lead(found, intervention, registry) + str(lowest["summary"])
    result = Verdict(word, tier, allowed, tuple(str(record["id"]) for record in found), detail)
    if word == "stronger-than-evidence":
        result = _add(result, _limit(strength, allowed, lowest))
    return settle(result, lowest, as_of)


def _narrowed(result: Verdict, record: Record, claim: Claim, text: str, near: str) -> Verdict:
    """The verdict once outcome and group count: support for a disease is none for what its trials did not show."""
    if result.verdict not in ("supported", "stale"):
        return result
    words = " ".join(reason.text for reason in claim.why if reason.kind in ("target", "effect")).lower()
    for outcome in record.get("outcomes", ()):
        if outcome["tier"] not in ("E0", "E1") or "words" not in outcome:
            continue
        if phrases(tuple(outcome["words"])).search(words):
            told = f"On this outcome ({outcome['outcome']}) no benefit has been shown."
            over = result._replace(
                verdict="stronger-than-evidence", tier=outcome["tier"], allowed=Strength.NONE
            )
            return _add(over, told)
    beyond = beyond_group(record, text)
    if beyond is None and text and claim.strength.rank >= Strength.CAUSAL.rank:
        beyond = unnamed_group(record, f"{text} {near}")
    return result if beyond is None else _add(result._replace(verdict="stronger-than-evidence"), beyond)


def _animals(found: Sequence[Record], strength: Strength, registry: Registry) -> Verdict:
    """What animals or the laboratory showed is no benefit to patients: it is told as such, and supports nothing more."""
    tier, ids = tier_of(found[0]), tuple(str(record["id"]) for record in found)
    told = f"The sentence speaks of animals or the laboratory, which shows no benefit to patients. {found[0]['summary']}"
    if strength is Strength.ABSOLUTE:
        return Verdict("stronger-than-evidence", tier, registry.allowed(found[0]), ids, told)
    return Verdict("supported" if tier != "E0" else "not-checkable", tier, Strength.NONE, ids, told)


def _target(claim: Claim) -> str | None:
    """What the effect is done to; the condition slot holds no body parts, so the immune system is read off."""
    words = " ".join(reason.text for reason in claim.why if reason.kind == "target").lower()
    return "immune-system" if "immun" in words and "autoimmun" not in words else claim.condition


def _limit(strength: Strength, allowed: Strength, record: Record) -> str:
    if allowed is Strength.NONE and record.get("condition") == "safety":
        return _NO_SAFETY
    if strength is Strength.ABSOLUTE and allowed is not Strength.NONE:
        return f"An absolute claim is never supported. {_LIMITS[allowed]}"
    return _LIMITS[allowed]


def _lead(found: Sequence[Record], intervention: str, registry: Registry) -> str:
    lowest = found[0]
    if len(found) > 1:
        pair = registry.name(lowest["intervention"])
        about = registry.name(lowest.get("condition") or lowest.get("mechanism"))
        return f"The words cover {len(found)} records and the weakest counts: {pair}, {about}. "
    if lowest["intervention"] != intervention:
        return f"The nearest record is for {registry.name(lowest['intervention'])}. "
    return ""


def _nothing(registry: Registry, intervention: str, about: str, found: Sequence[Record]) -> Verdict:
    pair = f"{registry.name(intervention)} and {registry.name(about)}"
    if about == "safety":
        pair = f"the safety of {registry.name(intervention)}"
    ids = tuple(str(record["id"]) for record in found)
    rest = f" {found[0]['summary']}" if found else ""
    return Verdict(
        "no-evidence-on-record",
        records=ids,
        detail=f"The registry holds no verified evidence on {pair}.{rest}",
    )


def _transplant_only(registry: Registry, intervention: str, condition: str, found: Sequence[Record]) -> bool:
    if registry.is_a(intervention, "hematopoietic-transplant"):
        return False
    transplant = registry.at("hematopoietic-transplant", condition)
    ranks = [tier_of(record) or "" for record in transplant]
    return bool(ranks) and max(ranks) > (tier_of(found[0]) or "")


def _add(result: Verdict, sentence: str) -> Verdict:
    return Verdict(
        result.verdict, result.tier, result.allowed, result.records, f"{result.detail} {sentence}".strip()
    )


def _entry(record: Record, registry: Registry) -> dict[str, Any]:
    about = record.get("condition") or record.get("mechanism")
    return {
        "record": record["id"],
        "intervention": record["intervention"],
        "condition": record.get("condition"),
        "mechanism": record.get("mechanism"),
        "pair": f"{registry.name(record['intervention'])}; {registry.name(about)}",
        "tier": tier_of(record),
        "flags": list(record.get("flags", ())),
        "allowed": registry.allowed(record).value,
        "claimed": {
            "tier": record.get("claimed", {}).get("tier"),
            "seeds": list(record.get("claimed", {}).get("seeds", ())),
        },
        "regulatory": [dict(entry) for entry in record.get("regulatory", ())],
        "summary": record["summary"],
        "findings": list(record.get("findings", ())),
        "sources": [dict(source) for source in record["sources"]],
        "wording": _wording(record, registry),
        "as_of": record["as_of"],
        "recheck_by": due(record).isoformat(),
    }
