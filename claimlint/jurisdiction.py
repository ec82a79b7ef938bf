"""Tells under which law a page falls, from what the page itself shows of its provider's place.

Language says nothing about place, so only addresses, telephone codes, domains and the names of places and registers
count; whatever decided is reported, because a wrong guess would cite the wrong law.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from claimlint.model import Document, Place, Reason, Scope

_PHONE, _DOMAIN, _WORD = 3, 2, 1
"""What a telephone code, a domain's ending and a name count for."""
_ENOUGH = 2
"""One name alone may stand in a citation or a story: it takes two, or a telephone code or a domain."""
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
    hosts = _hosts(document)
    scores: dict[str, int] = {}
    reasons: dict[str, list[Reason]] = {}
    for name, pack in packs.items():
        places = pack.get("places")
        if not places:
            continue
        for text, weight, reason in _shown(document, places, hosts):
            scores[name] = scores.get(name, 0) + (_WORD if text == _WHOLE_CONTINENT else weight)
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
    document: Document, places: Mapping[str, list[str]], hosts: list[str]
) -> list[tuple[str, int, Reason]]:
    """Each clue that the page shows, once, with its weight and where it stands."""
    found = []
    nowhere = Place(0, 0, 0)
    for code in places.get("phones", ()):
        at = _find(document, re.compile(rf"(?<![\w+]){re.escape(code)}(?=[\s().-]*\d)"))
        called = next((link for link in document.links if link.href.startswith(f"tel:{code}")), None)
        if at or called:
            found.append((code, _PHONE, Reason("telephone code", code, at or nowhere)))
    for ending in places.get("domains", ()):
        at = nowhere if any(host.endswith(ending) for host in hosts) else None
        if at:
            found.append((ending, _DOMAIN, Reason("domain", ending, at)))
    for word in places.get("words", ()):
        at = _find(document, re.compile(rf"(?<!\w){re.escape(word)}(?!\w)"))
        if at:
            found.append((word, _WORD, Reason("place", word, at)))
    return found


def _find(document: Document, pattern: re.Pattern[str]) -> Place | None:
    for index, block in enumerate(document.blocks):
        match = pattern.search(block.text) if block.scope is not Scope.CODE else None
        if match:
            return Place(index, *match.span())
    return None


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
