"""Turns lexicon concepts into the flat list of terms that the one pass over a text looks for.

A concept is written once with its base words; every form, spelling and flag is decided here, so
that the term finder only compares strings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from claimlint.errors import RuleError
from claimlint.rules import morphology
from claimlint.rules.phrases import PhraseError, compile_phrase
from claimlint.rules.ruleset import (
    ADJ,
    AMBIGUOUS,
    BASE,
    CAPS,
    GERUND,
    NOUN,
    PAST,
    PREFIX,
    THIRD,
    VERB,
    WEAK,
    Cue,
    Term,
)
from claimlint.rules.yamlfile import Keys, YamlFile

_NO_PLURALS = frozenset({"effect", "cue"})
"""Kinds whose bare `forms` are not nouns."""


def read(files: Iterable[YamlFile]) -> tuple[list[Term], list[Cue], list[RuleError]]:
    """The terms and the cue phrases of all lexicon files in their order, and what is wrong with them.

    A form that two concepts of one kind claim belongs to the first; a concept id stands once a kind.
    """
    found: list[Term] = []
    cues: list[Cue] = []
    errors: list[RuleError] = []
    taken: set[tuple[str, str]] = set()
    places: dict[tuple[str, str], str] = {}
    for file in files:
        kind = file.value["kind"]
        for index, concept in enumerate(file.value["concepts"]):
            here = (kind, concept["id"])
            line = file.line(("concepts", index))
            errors += phrase_problems(file, concept.get("phrases", ()), ("concepts", index, "phrases"))
            if here in places:
                message = f"the {kind} '{concept['id']}' is there already, at {places[here]}: join the two"
                errors.append(RuleError(message, file.path, line))
                continue
            places[here] = f"{file.path}:{line}"
            if "phrases" in concept:
                head = (kind, concept["id"], concept.get("class", ""), concept.get("scope", ""))
                unless, phrases = tuple(concept.get("unless", ())), tuple(concept["phrases"])
                cues.append((*head, concept.get("reach", 0), unless, phrases))
            for term in concept_terms(kind, concept):
                form = term[0]
                if not form:
                    errors.append(
                        RuleError(f"'{concept['id']}' has a form without a letter", file.path, line)
                    )
                elif (form, kind) not in taken:
                    taken.add((form, kind))
                    found.append(term)
    return found, cues, errors


def phrase_problems(file: YamlFile, phrases: Iterable[str], keys: Keys) -> Iterator[RuleError]:
    """The phrases of the list at ``keys`` that can't be compiled."""
    for index, phrase in enumerate(phrases):
        try:
            compile_phrase(phrase)
        except PhraseError as error:
            yield file.error(str(error), (*keys, index))


def own_terms(lexicon: Mapping[str, Sequence[str]], taken: Iterable[Term]) -> list[Term]:
    """Terms for a team's own words (``products``, ``conditions``), class ``own``.

    A word that the lexicons know already keeps its concept, for evidence hangs on that.
    """
    known = {(term[0], term[2]) for term in taken}
    found: list[Term] = []
    for key, kind in (("products", "intervention"), ("conditions", "condition")):
        for word in lexicon.get(key, ()):
            name = morphology.fold(word)
            concept = {"id": "own/" + "-".join(name.split()), "class": "own", "forms": [word]}
            for term in concept_terms(kind, concept):
                if term[0] and (term[0], kind) not in known:
                    known.add((term[0], kind))
                    found.append(term)
    return found


def concept_terms(kind: str, concept: Mapping[str, Any]) -> list[Term]:
    """Every form of one concept once, with all that it may be (reset: base form, past and noun)."""
    shared = AMBIGUOUS * bool(concept.get("ambiguous")) | WEAK * bool(concept.get("weak"))
    direction = concept.get("direction") or concept.get("scope", "")
    merged: dict[str, int] = {}
    for written, flags in _forms(kind, concept):
        form = morphology.fold(written)
        before = merged.get(form)
        merged[form] = flags if before is None else (before | flags) & ~CAPS | (before & flags & CAPS)
    return [
        (form, concept["id"], kind, concept.get("class", ""), direction, flags | shared)
        for form, flags in merged.items()
    ]


def _forms(kind: str, concept: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    plurals = concept.get("plural", True)
    for verb in concept.get("verbs", ()):
        yield from _verb(verb)
    for noun in concept.get("nouns", ()):
        yield from _noun(noun, NOUN, plurals)
    for adjective in concept.get("adjectives", ()):
        yield _written(adjective, ADJ)
    verbal = bool(concept.get("verbs"))
    for form in concept.get("forms", ()):
        if verbal:  # beside verbs, `forms` lists their irregular forms
            first = form.split(" ", 1)[0].lower()
            yield _written(form, VERB | (GERUND if first.endswith("ing") else PAST))
        else:
            yield from _noun(form, 0, plurals and kind not in _NO_PLURALS)


def _written(form: str, flags: int) -> tuple[str, int]:
    """The form with the flags that its spelling says: a final ``*``, capitals only."""
    if form.endswith("*"):
        form, flags = form[:-1], flags | PREFIX
    return form, flags | (CAPS if form.isupper() else 0)


def _noun(form: str, flags: int, plurals: bool) -> Iterator[tuple[str, int]]:
    form, flags = _written(form, flags)
    yield form, flags
    if not plurals or flags & PREFIX:
        return
    if not flags & CAPS:
        yield morphology.plural(form.lower()), flags
    elif form[-1:].isalpha() and not form.endswith("S"):
        yield form + "s", flags


def _verb(verb: str) -> Iterator[tuple[str, int]]:
    verb, flags = _written(verb, VERB)
    if flags & (PREFIX | CAPS):
        yield verb, flags
        return
    for spelled in morphology.spellings(verb.lower()):
        yield spelled, flags | BASE
        yield morphology.third_person(spelled), flags | THIRD
        for form in morphology.gerund(spelled):
            yield form, flags | GERUND
        for form in morphology.past(spelled):
            yield form, flags | PAST
