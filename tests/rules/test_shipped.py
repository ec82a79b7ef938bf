"""What ships as data keeps the house's order, so that files merge well and say where they came from."""

import re
from collections.abc import Callable
from pathlib import Path

import yaml

from claimlint import __version__
from claimlint.rules import load
from claimlint.rules.morphology import fold

Data = Callable[[str], list[Path]]


def test_lexicons_are_sorted_by_id(data: Data) -> None:
    """Concepts stand in the order of their ids, so that a new one has one place."""
    for path in data("lexicon"):
        ids = [concept["id"] for concept in yaml.safe_load(path.read_text("utf-8"))["concepts"]]
        assert ids == sorted(ids), path.name


def test_lexicon_forms_are_plain(data: Data) -> None:
    """No form is listed twice in one concept, none holds marks that would never match."""
    for path in data("lexicon"):
        for concept in yaml.safe_load(path.read_text("utf-8"))["concepts"]:
            for key in ("forms", "verbs", "nouns", "adjectives"):
                listed = concept.get(key, [])
                assert len(set(map(str, listed))) == len(listed), (path.name, concept["id"])
                for form in listed:
                    assert len(fold(form.removesuffix("*"))) > 1, (path.name, concept["id"], form)


def test_no_term_matches_the_empty_string() -> None:
    """An empty form would match everywhere; a term with outer or odd characters nowhere."""
    terms = load(cache=False).terms
    assert len(terms) > 3000
    for term in terms:
        assert " ".join(term[0].split()) == fold(term[0])
        assert len(term[0]) > 1


def test_rules_say_what_they_rest_on() -> None:
    """Every shipped rule names a source or a provision, a way out, and the version that brought it."""
    rules = load(cache=False).rules
    assert [rule.id for rule in rules if not (rule.sources or rule.provisions)] == []
    assert [rule.id for rule in rules if not rule.suggest] == []
    assert [rule.id for rule in rules if not rule.since or version(rule.since) > version(__version__)] == []


def version(text: str) -> list[int]:
    """The numbers of a version, for comparison."""
    return [int(number) for number in re.findall(r"\d+", text)]


def test_titles_are_unique() -> None:
    """Two rules with one title could not be told apart in a report."""
    titles = [rule.title.lower() for rule in load(cache=False).rules]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_core_pack_says_what_it_is() -> None:
    """Each shipped pack has a title and a description."""
    for name, pack in load(cache=False).packs.items():
        assert pack.get("title"), name
        assert pack.get("description"), name
