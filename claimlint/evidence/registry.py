"""Loads the evidence registry and finds the records that bear on an (intervention, condition) pair.

Pairs are fine-grained and evidence must not leak between them, so the rules of who may borrow whose
record stand here, in one place. The loaded form is plain data that the cache can keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from claimlint.model import Strength

if TYPE_CHECKING:
    from claimlint.rules.yamlfile import YamlFile

Record = Mapping[str, Any]
"""One record of seeds/evidence.yaml as plain data (claimlint/schemas/evidence.schema.json)."""

_TIERS = ("E0", "E1", "E2", "E3", "E4")
_LISTS = ("interventions", "conditions", "mechanisms", "records", "mechanism_records")


class Registry:
    """The loaded registry. ``data`` is what `build` returned; ask through the methods.

    ``market`` is where the copy is published, for approvals that hold in some markets only.
    """

    def __init__(self, data: Mapping[str, Any], market: str | None = None) -> None:
        self.data = data
        self.market = market
        self._found: dict[tuple[str, ...], tuple[Record, ...]] = {}

    def record(self, record_id: str) -> Record:
        """The record of that id, of a pair or of a mechanism; KeyError where there is none."""
        found: Record = self.data["records"][record_id]
        return found

    def records(self) -> tuple[Record, ...]:
        """All records, sorted by id."""
        if ("",) not in self._found:
            self._found["",] = tuple(record for _, record in sorted(self.data["records"].items()))
        return self._found["",]

    def approved(self) -> tuple[Mapping[str, Any], ...]:
        """The claims that a team has approved, sorted by id."""
        return tuple(entry for _, entry in sorted(self.data["approved"].items()))

    def name(self, concept: str | None) -> str:
        """What a reader calls the concept; for an unknown one its id with spaces."""
        for kind in ("interventions", "conditions", "mechanisms"):
            known = self.data[kind].get(concept)
            if known:
                return str(known["name"])
        return (concept or "").removeprefix("own/").replace("-", " ")

    def knows(self, intervention: str) -> bool:
        """Whether the registry has the intervention in its tree, with or without records."""
        return intervention in self.data["interventions"]

    def generic(self, condition: str) -> bool:
        """Whether the word names no particular condition ("disease"), so that nothing can be looked up."""
        return bool(self.data["conditions"].get(condition, {}).get("generic"))

    def is_a(self, kind: str, concept: str) -> bool:
        """Whether the intervention ``kind`` is ``concept`` or one of its kinds."""
        return concept in _chain(self.data["interventions"], kind)

    def allowed(self, record: Record) -> Strength:
        """The strongest patient-benefit claim that the record carries (CONTRACT's table)."""
        tier = tier_of(record)
        default = self.data["tiers"][tier]["allowed"] if tier else "none"
        return Strength(record.get("allowed") or default)

    def find(self, intervention: str, condition: str) -> tuple[Record, ...]:
        """The records that a claim on this pair is compared with, the weakest first.

        A kind of cell without a record of its own borrows the one of the broader kind, never that of
        a sibling; a broader kind takes all of its narrower kinds. A class of conditions takes its own
        record and those of its members. Records that were superseded, or that hold no verified tier
        while others do, are left out.
        """
        found = self._found.get((intervention, condition))
        if found is None:
            known = self.knows(intervention)
            found = self._ranked(self._reach(intervention, condition)) if known else ()
            self._found[intervention, condition] = found
        return found

    def mechanism(self, effect: str | None, effect_class: str | None, target: str | None) -> str | None:
        """The mechanism that an effect (a concept or its class), done to ``target``, asserts."""
        for name in (effect, effect_class):
            for mechanism in self.data["effects"].get(name, ()):
                targets = self.data["mechanisms"][mechanism].get("targets")
                if not targets or target in targets:
                    return str(mechanism)
        return None

    def find_mechanism(self, intervention: str, mechanism: str) -> tuple[Record, ...]:
        """As `find`, for a mechanism."""
        found = self._found.get((intervention, "does", mechanism))
        if found is None:
            known = self.knows(intervention)
            found = self._ranked(self._specific(intervention, mechanism)) if known else ()
            self._found[intervention, "does", mechanism] = found
        return found

    def above(self, intervention: str) -> tuple[str, ...]:
        """The intervention and its broader kinds, the narrowest first."""
        return tuple(_chain(self.data["interventions"], intervention))

    def narrower(self, intervention: str) -> tuple[str, ...]:
        """Every narrower kind of the intervention, at any depth."""
        return tuple(self.data["narrower"].get(intervention, ()))

    def at(self, intervention: str, condition: str) -> tuple[Record, ...]:
        """The records stored for exactly this pair, superseded ones left out."""
        ids = self.data["pairs"].get((intervention, condition), ())
        return tuple(self.data["records"][record_id] for record_id in ids)

    def conditions_above(self, condition: str) -> tuple[str, ...]:
        """The condition, its broader ones and the classes it belongs to."""
        chain = _chain(self.data["conditions"], condition)
        groups = [g for one in chain for g in self.data["conditions"].get(one, {}).get("groups", ())]
        return tuple(dict.fromkeys([*chain, *groups]))

    def _reach(self, intervention: str, condition: str) -> list[Record]:
        found = list(self._specific(intervention, condition))
        if self.data["conditions"].get(condition, {}).get("class"):
            for member in self.data["members"].get(condition, ()):
                found += self._reach(intervention, member)
        return found

    def _nearest(self, kind: str, conditions: Sequence[str]) -> list[Record]:
        return next((found for one in conditions if (found := _rated(self.at(kind, one)))), [])

    def _specific(self, intervention: str, condition: str) -> list[Record]:
        kinds = _chain(self.data["interventions"], intervention)
        conditions = _chain(self.data["conditions"], condition)
        for kind in kinds:
            found = self._nearest(kind, conditions)
            if found:
                return found
        below = self.narrower(intervention)
        found = [record for kind in below for record in self._nearest(kind, conditions)]
        if found:
            return found
        subtypes = self.data["subtypes"].get(condition, ())
        found = _rated(r for one in subtypes for kind in (*kinds, *below) for r in self.at(kind, one))
        return found or list(self.at(intervention, condition))

    def _ranked(self, found: Iterable[Record]) -> tuple[Record, ...]:
        unique = {str(record["id"]): record for record in found}
        rated = {key: record for key, record in unique.items() if tier_of(record)}

        def weakest_first(record: Record) -> tuple[str, int, str]:
            return tier_of(record) or "", self.allowed(record).rank, str(record["id"])

        return tuple(sorted((rated or unique).values(), key=weakest_first))


def tier_of(record: Record) -> str | None:
    """The verified tier, or None where nothing was verified."""
    tier = record["verified"]["tier"]
    return str(tier) if tier else None


def load(
    extra: Sequence[str] = (), *, folder: str | None = None, cache: bool = True, market: str | None = None
) -> Registry:
    """The registry that ships with the program, with what the ``extra`` files hold added.

    These are evidence records, or claims that a team has approved (``market`` says which of them count).
    ``folder`` replaces the shipped one (tests do). RuleError, with file and line, where a file can't
    be used; an extra record may not take the id of another.
    """
    from claimlint.rules.cache import cached
    from claimlint.rules.locate import data_path

    seeds = folder or data_path("seeds")
    paths = [f"{seeds}/tiers.yaml", f"{seeds}/evidence.yaml", *extra]
    return Registry(cached("evidence", paths, lambda: build(paths), enabled=cache), market)


def build(paths: Sequence[str]) -> dict[str, Any]:
    """Parses and checks the tiers file and the evidence files after it into plain, cacheable data."""
    from claimlint.evidence.check import checked

    tiers = checked(paths[0])
    merged: dict[str, dict[str, Any]] = {name: {} for name in (*_LISTS, "approved")}
    for path in paths[1:]:
        file = checked(path)
        for name in _LISTS:
            for index, entry in enumerate(file.value.get(name, ())):
                if entry["id"] in merged[name]:
                    raise file.error(f"the id '{entry['id']}' is taken by another file", (name, index))
                merged[name][entry["id"]] = entry
        _add_approved(file, merged["approved"])
    return _index(tiers.value, merged)


def _add_approved(file: YamlFile, into: dict[str, Any]) -> None:
    from claimlint.evidence.approved import cited

    references = {entry["id"]: cited(entry) for entry in file.value.get("references", ())}
    for index, entry in enumerate(file.value.get("claims", ())):
        if entry["id"] in into:
            raise file.error(f"the claim '{entry['id']}' is taken by another file", ("claims", index))
        into[entry["id"]] = {**entry, "cited": [references[one] for one in entry["references"]]}


def _index(tiers: Mapping[str, Any], merged: dict[str, dict[str, Any]]) -> dict[str, Any]:
    interventions, conditions = merged["interventions"], merged["conditions"]
    records: dict[str, Any] = {**merged["records"], **merged["mechanism_records"]}
    pairs: dict[tuple[str, str], list[str]] = {}
    for record_id, record in sorted(records.items()):
        if record.get("superseded_by"):
            continue
        pair = (record["intervention"], record.get("condition") or record["mechanism"])
        pairs.setdefault(pair, []).append(record_id)
    effects: dict[str, list[str]] = {}
    for mechanism, entry in merged["mechanisms"].items():
        for effect in entry["effects"]:
            effects.setdefault(effect, []).append(mechanism)
    return {
        "tiers": {tier["id"]: tier for tier in tiers["evidence"]},
        "statuses": {status["id"]: status for status in tiers["regulatory"]},
        "interventions": interventions,
        "conditions": conditions,
        "mechanisms": merged["mechanisms"],
        "effects": effects,
        "safety_effects": sorted(conditions.get("safety", {}).get("effects", ())),
        "records": records,
        "approved": merged["approved"],
        "pairs": pairs,
        "narrower": _below(interventions),
        "subtypes": _below(conditions),
        "members": _members(conditions),
    }


def _chain(tree: Mapping[str, Any], concept: str) -> list[str]:
    chain = [concept]
    while (above := tree.get(chain[-1], {}).get("broader")) and above not in chain:
        chain.append(above)
    return chain


def _below(tree: Mapping[str, Any]) -> dict[str, list[str]]:
    below: dict[str, list[str]] = {}
    for concept in sorted(tree):
        for above in _chain(tree, concept)[1:]:
            below.setdefault(above, []).append(concept)
    return below


def _members(conditions: Mapping[str, Any]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for condition, entry in sorted(conditions.items()):
        for group in entry.get("groups", ()):
            members.setdefault(group, []).append(condition)
    return members


def _rated(records: Iterable[Record]) -> list[Record]:
    return [record for record in records if tier_of(record) in _TIERS]
