"""Tells under which law a page falls, from what the page itself shows of its provider's place.

Language says nothing about place, so only postal codes, telephone codes, domains, licences and the names of places count;
whatever decided is reported, because a wrong guess would cite the wrong law.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from claimlint.model import Document, Place, Reason, Scope

_PHONE, _DOMAIN, _WORD = 3, 2, 1
"""What a country's telephone code counts for; a domain's ending, a postal code, a licence or a number with an area code; a name."""
_ENOUGH = 2
"""One name alone may stand in a citation or a story: it takes two, or one of the surer signs."""
_SHAPES = {"#": r"\d", "@": "[A-Z]"}
"""What stands for a digit and for a capital in the shape of a postal code."""
_WHOLE_CONTINENT = "+1"


def packs_of(wanted: str) -> tuple[str, ...]:
    """The pack of the jurisdiction ``wanted``, where one ships; none for ``auto``, which waits for a page."""
    from claimlint.rules.loader import shipped

    return (wanted,) if wanted in shipped() and wanted != "core" else ()


@lru_cache(maxsize=2)
def packs(cache: bool) -> Mapping[str, Mapping[str, Any]]:
    """Every shipped pack's own record, by name: what `tell` needs."""
    from claimlint.rules.loader import load, shipped

    return load(shipped(), cache=cache).packs


class Guess(NamedTuple):
    """The pack whose law a page falls under (None: it can't be told) and the words that decided."""

    pack: str | None
    reasons: tuple[Reason, ...] = ()
    also: tuple[str, ...] = ()
    """Where two places are shown equally: the packs between which nothing decides."""


def tell(document: Document, packs: Mapping[str, Mapping[str, Any]]) -> Guess:
    """The best guess among ``packs`` (name -> pack.yaml) by their ``places``.

    A state wins over its federation where both are shown; a tie between unrelated places decides nothing.
    """
    hosts, text = _hosts(document), _copy(document)
    scores: dict[str, int] = {}
    reasons: dict[str, list[Reason]] = {}
    for name, pack in packs.items():
        places = pack.get("places")
        if not places:
            continue
        for clue, weight, reason in _shown(document, text, places, hosts):
            scores[name] = scores.get(name, 0) + (_WORD if clue == _WHOLE_CONTINENT else weight)
            reasons.setdefault(name, []).append(reason)
    if not scores:
        return Guess(None)
    standing = dict(scores)
    for name in scores:  # what shows the federation shows nothing against its state
        standing[name] += sum(scores.get(above, 0) for above in packs[name].get("includes", ()))
    most = max(standing.values())
    best = sorted(name for name, score in standing.items() if score == most)
    if most < _ENOUGH:
        return Guess(None, tuple(reasons[name][0] for name in best))
    above = set.intersection(*(set(packs[name].get("includes", ())) for name in best))
    if len(best) > 1 and above:
        best = [min(above)]  # two states: their federation is all that is sure
        reasons.setdefault(best[0], [reason for name in sorted(scores) for reason in reasons.get(name, ())])
    if len(best) > 1:
        return Guess(None, tuple(reasons[name][0] for name in best), tuple(best))
    return Guess(best[0], tuple(reasons[best[0]]))


def in_words(guess: Guess) -> str:
    """What a report says of the guess."""
    shown = ", ".join(f'"{reason.text}"' for reason in guess.reasons[:4])
    if guess.pack is not None:
        return f"The page is taken to fall under the law of {guess.pack}, because of {shown}."
    if guess.also:
        return (
            f"The page shows several places ({shown}: {', '.join(guess.also)}), so no law was chosen. "
            "Name one with --jurisdiction."
        )
    if guess.reasons:
        return f"Only {shown} points to a place, which is not enough, so no law was chosen. Name one with --jurisdiction."
    return (
        "Nothing on the page shows where its provider is, so no law was chosen. Name one with --jurisdiction."
    )


def _shown(
    document: Document, text: _Text, places: Mapping[str, list[str]], hosts: list[str]
) -> list[tuple[str, int, Reason]]:
    """Each clue that the page shows, once, with its weight and where it stands."""
    found = []
    nowhere = Place(0, 0, 0)
    for code in places.get("phones", ()):
        dialled = re.escape(code) if code == _WHOLE_CONTINENT else rf"(?:\+|00){re.escape(code[1:])}"
        at = text.find(re.compile(rf"(?<![\w+]){dialled}(?=[\s().-]*\d)"))
        called = next((link for link in document.links if link.href.startswith(f"tel:{code}")), None)
        if at or called:
            found.append((code, _PHONE, Reason("telephone code", code, at or nowhere)))
    for ending in places.get("domains", ()):
        at = nowhere if any(host.endswith(ending) for host in hosts) else None
        if at:
            found.append((ending, _DOMAIN, Reason("domain", ending, at)))
    for code in places.get("area_codes", ()):
        local = rf"(?<![\w+])(?:\+?1[\s.-]?)?(?:\({code}\)\s?|{code}[\s.-])\d{{3}}[\s.-]\d{{4}}(?!\w)"
        at = text.find(re.compile(local))
        if at:
            found.append((code, _DOMAIN, Reason("area code", text.words(at), at)))
    for shape in places.get("postcodes", ()):
        written = "".join(_SHAPES.get(char, re.escape(char)) for char in shape)
        lead = (
            r"(?:(?<=[a-z], )|(?<=[a-z.] )|^)" if shape[0] not in _SHAPES else r"(?<![\w-])"
        )  # no word in capitals before it
        at = text.find(re.compile(rf"{lead}{written}(?!\w)", re.MULTILINE))
        if at:
            found.append((shape, _DOMAIN, Reason("postal code", text.words(at), at)))
    for licence in places.get("licences", ()):
        at = text.find(re.compile(rf"(?<!\w){re.escape(licence)}(?!\w)", re.IGNORECASE))
        if at:
            found.append((licence, _DOMAIN, Reason("licence", text.words(at), at)))
    for word in places.get("words", ()):
        at = text.find(re.compile(rf"(?<!\w){re.escape(word)}(?!\w)"))
        if at:
            found.append((word, _WORD, Reason("place", word, at)))
    return found


class _Text(NamedTuple):
    """The page's blocks that are copy, and all of them in one, so that most patterns are settled by one search."""

    blocks: tuple[tuple[int, str], ...]
    whole: str

    def find(self, pattern: re.Pattern[str]) -> Place | None:
        """The first place where ``pattern``, which knows of several lines, matches within a block."""
        if pattern.search(self.whole):
            for index, text in self.blocks:
                match = pattern.search(text)
                if match:
                    return Place(index, *match.span())
        return None

    def words(self, place: Place) -> str:
        """What stands at ``place``."""
        return dict(self.blocks)[place.block][place.start : place.end]


def _copy(document: Document) -> _Text:
    blocks = tuple(
        (at, block.text) for at, block in enumerate(document.blocks) if block.scope is not Scope.CODE
    )
    return _Text(blocks, "\n".join(text for _, text in blocks))


def _hosts(document: Document) -> list[str]:
    """The page's own host and those of its mail addresses; links elsewhere show nothing."""
    out = []
    for key in ("canonical", "og:url", "url"):
        try:
            out.append((urlsplit(document.meta.get(key, "")).hostname or "").lower())
        except ValueError:
            continue
    mails = (link.href[7:] for link in document.links if link.href.lower().startswith("mailto:"))
    out += [mail.partition("?")[0].rpartition("@")[2].strip().lower() for mail in mails]
    return [host for host in out if host]
