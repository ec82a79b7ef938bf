"""Reads a document's assertions about treatments and conditions, for a person to review.

The claim model says which sentences assert something; this adds what each leans on, takes a missing
treatment or condition from around it, and joins sentences that go on about the same study.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claimlint.claims.find import claims
from claimlint.evidence.assertion import Assertion, join, joins
from claimlint.evidence.designs import Design, Designs
from claimlint.evidence.ids import ids_in, trial_name
from claimlint.evidence.naming import holds, joint, short_names
from claimlint.evidence.nulls import no_better, taken_back
from claimlint.evidence.registry import Registry
from claimlint.evidence.status import place_named
from claimlint.language.lexicon import Hit
from claimlint.language.text import Sentence
from claimlint.model import Claim, Scope, Strength

_SKIPPED = frozenset({Scope.TITLE, Scope.HEADING, Scope.NAVIGATION, Scope.META, Scope.BUTTON, Scope.FOOTER})
_NO_ASSERTION = frozenset({"question", "conditional", "advice", "warning", "background"})
_ENUMERATED = 3  # members of one class in a row stand for the class
_NOT_OFFERED = frozenset({"generic", "drug", "surgery", "diagnostic", "diet"})
_NEAR = frozenset({"elided", "pronoun", "offer", "we", "you", "people", "body", "other", "intervention"})


@dataclass(slots=True)
class _Near:
    """What was last named, in a block, a section and the document."""

    section: int | None = None
    intervention: str | None = None
    conditions: tuple[str, ...] = ()
    design: Design | None = None


class Extractor:
    """Reads assertions with one registry and one set of design phrases."""

    def __init__(self, registry: Registry, designs: Designs) -> None:
        self._registry = registry
        self._designs = designs

    def read(self, sentences: Sequence[Sentence]) -> list[Assertion]:
        """The document's assertions in order of place, from all sentences of all its blocks."""
        names = short_names(sentences)
        by_block: dict[int, list[Sentence]] = {}
        for one in sentences:
            by_block.setdefault(one.index, []).append(one)
        # A page about treatments that the registry doesn't know is read for those; others would only disturb it.
        wide = not any(self._intervention(one.hits, False) for one in sentences)
        topic = _Near(None, *self._topic(sentences, wide))
        ends: dict[int, _Near] = {}
        section, above = _Near(), _Near()
        out: list[Assertion] = []
        for index, block in by_block.items():
            scope, heading, lead = block[0].block.scope, block[0].block.heading, block[0].block.lead_in
            if scope in _SKIPPED or " " not in block[0].block.text:
                ends[index] = self._end(block, names, wide)
                if scope in _SKIPPED:
                    above.intervention = ends[index].intervention or above.intervention
                    above.conditions = ends[index].conditions or above.conditions
                continue
            if heading != section.section:
                section = _Near(heading)
            near = _around(ends.get(lead) if lead is not None else None, section, above)
            if scope is Scope.LIST_ITEM:
                near.design = None
            for sentence in block:
                found = self._sentence(sentence, near, names, topic, wide)
                if found is not None:
                    if out and joins(out[-1], found, _one_list(by_block, out[-1].spans[-1][0], index)):
                        out[-1] = join(out[-1], found)
                    else:
                        out.append(found)
            ends[index] = replace(near, conditions=self._gathered(near.conditions))
            if scope is Scope.LIST_ITEM:
                section = replace(section, intervention=near.intervention)
            else:
                section = replace(ends[index], section=heading)
        return out

    def _gathered(self, conditions: tuple[str, ...]) -> tuple[str, ...]:
        """The class, where three or more of its members stand in a row."""
        groups: Counter[str] = Counter()
        for one in conditions:
            groups.update(self._registry.conditions_above(one)[1:])
        common = groups.most_common(1)
        return (common[0][0],) if common and common[0][1] >= _ENUMERATED else conditions

    def _sentence(
        self, sentence: Sentence, near: _Near, names: dict[str, str], topic: _Near, wide: bool
    ) -> Assertion | None:
        """The sentence's assertion, if it makes one; ``near`` is brought up to date with what it names."""
        folded = sentence.folded
        made = [claim for claim in claims(sentence) if not claim.contexts & _NO_ASSERTION]
        own, named = self._intervention(sentence.hits, wide), self._conditions(sentence, made, names)
        design = self._designs.read(folded)
        over = own is not None and taken_back(folded)
        if over and design.stage is None:
            design = replace(design, stage="approval")  # of which this is the end
        follows = self._designs.continues(folded) and near.design is not None
        if follows and near.design is not None and design.stage in (None, "mechanism"):
            design = replace(design, stage=near.design.stage, year=design.year or near.design.year)
        elif design.stage not in (None, "mechanism", "status"):
            near.design = design
        if own and not (follows and near.intervention and self._registry.is_a(near.intervention, own)):
            near.intervention = own
        near.conditions = named or near.conditions
        safety = self._designs.says("safety", folded)
        drugs = own is None and any(hit.kind == "intervention" and hit.cls == "drug" for hit in sentence.hits)
        hinted = design.stage not in (None, "mechanism") or self._designs.says("results", folded)
        hinted = hinted or (safety and not drugs)
        kept = replace(near)
        if drugs:
            near.intervention = None  # the sentences that follow go on about those drugs
        if kept.intervention is None and hinted:
            kept.intervention = topic.intervention
        kept.conditions = kept.conditions or topic.conditions
        if over and own and not named:
            kept.conditions = self._uses(own, kept.conditions)
        acting = [claim for claim in made if claim.agent in _NEAR]
        if folded.endswith(("?", ":")) or kept.intervention is None or not kept.conditions:
            return None
        if own is None and any(claim.agent == "drug" for claim in made):
            return None  # what the usual drugs do
        if not (hinted or acting or (own and _VERB.search(folded))):
            return None
        if own is None and not (hinted or sentence.block.lead_in is not None or _back(acting)):
            return None
        return self._assertion(sentence, kept, made, design, safety)

    def _assertion(
        self, sentence: Sentence, near: _Near, made: list[Claim], design: Design, safety: bool
    ) -> Assertion:
        folded = sentence.folded
        conditions = near.conditions
        if safety:
            # Words on safety alone assert no benefit for the condition that they stand beside.
            benefit = bool(made) or self._designs.says("outcome", folded)
            conditions = (*conditions, "safety") if benefit else ("safety",)
        stage = design.stage or "unspecified"
        direction = "benefit"
        if stage in ("status", "registry"):
            direction = "none"
        elif safety and not made and not self._designs.says("safe", folded):
            direction = "harm"
        elif (not safety and self._speaks_against(folded)) or (made and all(one.negated for one in made)):
            direction = "against"
        ids = tuple(found.value for found in ids_in(sentence.text))
        whole = sentence.whole
        effects = tuple(dict.fromkeys(claim.effect for claim in made if claim.effect))
        mechanism = next(
            (m for c in made if (m := self._registry.mechanism(c.effect, c.effect_class, _target(c)))), None
        )
        return Assertion(
            spans=((whole.block, whole.start, whole.end),),
            intervention=near.intervention or "",
            conditions=conditions,
            stage=stage,
            direction=direction,
            hedge=self._hedge(sentence, made, direction),
            design=design,
            effects=effects,
            mechanism=mechanism,
            jurisdiction=place_named(folded) if stage == "approval" else None,
            named=bool(ids) or trial_name(sentence.text) is not None,
            ids=ids,
        )

    def _speaks_against(self, folded: str) -> bool:
        return self._designs.says("against", folded) or no_better(folded) or taken_back(folded)

    def _hedge(self, sentence: Sentence, made: list[Claim], direction: str) -> str:
        if direction in ("none", "harm"):
            return "none"
        contexts = set(sentence.contexts(sentence.start, sentence.end)).union(*(c.contexts for c in made))
        if "hedged" in contexts or any(claim.strength is Strength.HEDGED for claim in made):
            return "hedged"
        return "partly" if self._designs.says("partly", sentence.folded) else "unhedged"

    def _intervention(self, hits: Sequence[Hit], wide: bool) -> str | None:
        """The narrowest kind that the sentence names; of equals, the first. ``wide``: also kinds not on record."""
        known = [
            hit.concept
            for hit in hits
            if hit.kind == "intervention"
            and hit.cls not in _NOT_OFFERED
            and (wide or self._registry.knows(hit.concept))
        ]
        if not known:
            return None
        return max(dict.fromkeys(known), key=lambda kind: len(self._registry.above(kind)))

    def _uses(self, intervention: str, near: tuple[str, ...]) -> tuple[str, ...]:
        """What a product is on record for, where a sentence that takes its approval back names no use; of these, those near it."""
        if not self._registry.data["interventions"].get(intervention, {}).get("product"):
            return near
        own = self._registry.records()
        uses = [
            str(one["condition"]) for one in own if one["intervention"] == intervention and "condition" in one
        ]
        return tuple(one for one in near if one in uses) or tuple(dict.fromkeys(uses)) or near

    def _conditions(self, sentence: Sentence, made: list[Claim], names: dict[str, str]) -> tuple[str, ...]:
        known = self._registry.data["conditions"]
        found = [hit.concept for hit in sentence.hits if hit.kind == "condition"]
        found += [concept for name, concept in names.items() if holds(sentence.text, name)]
        for whole, halves in joint(sentence.hits, known).items():
            found = [whole, *(one for one in found if one not in halves)]
        listed = [one for one in dict.fromkeys(found) if one in known and self._particular(one)]
        if not listed:
            targets = [claim.condition for claim in made if claim.target_kind == "condition"]
            listed = [one for one in dict.fromkeys(targets) if one and self._particular(one)]
        above = {group for one in listed for group in self._registry.conditions_above(one)[1:]}
        spelled = {one for one in above if known[one].get("class")}  # "autoimmune diseases such as lupus"
        return tuple(one for one in listed if one not in spelled) or tuple(listed)

    def _particular(self, condition: str) -> bool:
        """Whether it says what is treated: "disease" and a class of classes do not."""
        members = self._registry.data["members"].get(condition, ())
        classes = any(self._registry.data["conditions"][one].get("class") for one in members)
        return not classes and not self._registry.generic(condition)

    def _topic(self, sentences: Sequence[Sentence], wide: bool) -> tuple[str | None, tuple[str, ...]]:
        kinds: Counter[str] = Counter()
        about: Counter[str] = Counter()
        for sentence in sentences:
            own = self._intervention(sentence.hits, wide)
            kinds.update([own] if own else [])
            about.update(self._conditions(sentence, [], {}))
        return (
            kinds.most_common(1)[0][0] if kinds else None,
            (about.most_common(1)[0][0],) if about else (),
        )

    def _end(self, block: Sequence[Sentence], names: dict[str, str], wide: bool) -> _Near:
        near = _Near()
        for sentence in block:
            near.intervention = self._intervention(sentence.hits, wide) or near.intervention
            near.conditions = self._conditions(sentence, [], names) or near.conditions
        return near


def _around(lead: _Near | None, section: _Near, above: _Near) -> _Near:
    """What a block may take from its lead-in, its section and the headings above, the nearest first.

    Plain text has headings of one level: the last one that named a thing holds until another does.
    """
    chain = [*([lead] if lead else []), section, above]
    intervention = next((one.intervention for one in chain if one.intervention), None)
    conditions = next((one.conditions for one in chain if one.conditions), ())
    return _Near(section.section, intervention, conditions, section.design)


_VERB = re.compile(
    r"\b(?:help|helps|work by|works by|act|acts|promot\w+|support\w*|offers? the potential|holds? \w+ potential|has shown|"
    r"leads? to|achieved?|demonstrat\w+|provides?|represents?|is a promising|transform\w*|ideal|being (?:explored|studied|tested|"
    r"investigated)|suggests?|proves?|may|can|could|encouraging|promising|impact|effect|rebuild|improv\w+)\b"
)


def _back(acting: Sequence[Claim]) -> bool:
    """Whether a claim's subject points back at what was named before."""
    return any(claim.agent in ("pronoun", "offer", "elided", "people", "you", "we") for claim in acting)


def _target(claim: Claim) -> str | None:
    words = " ".join(reason.text for reason in claim.why if reason.kind == "target").lower()
    return "immune-system" if "immun" in words and "autoimmun" not in words else claim.condition


def _one_list(blocks: dict[int, list[Sentence]], before: int, here: int) -> bool:
    """Whether both blocks are points under one lead-in."""
    lead = blocks[here][0].block.lead_in
    return lead is not None and blocks[before][0].block.lead_in == lead
