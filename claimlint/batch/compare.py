"""What changed on each site between two datasets: claims new, gone and reworded, notices added and dropped.

A page that could not be checked the second time tells nothing about its claims; such pages are listed as what they are, and no claim is
called gone because of them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from claimlint.batch import store

NOTICES = {
    "investigational_notice": "notice that the treatment is unapproved or experimental",
    "harms": "named harm",
    "risk_disclosure": "risk or limit",
}
_ALIKE = 0.6
"""Two sentences that share so much of their characters (difflib's ratio) are one reworded."""
_MOST_PAIRS = 20_000
"""Pairs of sentences that are looked at on one site."""


class Change(NamedTuple):
    """One change. ``change`` is new, gone, reworded, notice-added, notice-dropped, page-new, page-gone or page-not-checked."""

    site: str
    change: str
    url: str
    old: str | None
    new: str | None
    old_strength: str | None = None
    new_strength: str | None = None
    verdict: str | None = None


class _Said(NamedTuple):
    """A claim's sentence as it stands on a site, at the first address that shows it."""

    url: str
    sentence: str
    strength: str
    verdict: str | None
    slots: tuple[Any, ...]


def compare(old: str, new: str, sites: Sequence[str] = ()) -> tuple[list[Change], list[str]]:
    """All changes by site, and what a reader of them must know besides. Raises UsageError."""
    notes = _notes(old, new)
    changes: list[Change] = []
    with store.connect(old) as before, store.connect(new) as after:
        known = sorted(
            {
                site
                for base in (before, after)
                for (site,) in base.execute("SELECT DISTINCT site FROM pages").fetchall()
            }
        )
        for site in known:
            if not sites or site in sites:
                changes += _site(before, after, site)
    return changes, notes


def _notes(old: str, new: str) -> list[str]:
    first, second = store.bound(old), store.bound(new)
    notes = [f"{name}: the run has not come to its end" for name in (old, new) if not store.finished(name)]
    differing = [
        said
        for key, said in (
            ("claimlint", "version of claimlint"), ("rules", "rules"), ("settings", "settings"), ("as_of", "day that evidence is judged as of"),
        )
        if first.get(key) != second.get(key)
    ]  # fmt: skip
    if differing:
        notes.append(
            f"the two runs differ in {', '.join(differing)}: some changes may come from that rather than from the pages"
        )
    return notes


def _site(before: Any, after: Any, site: str) -> Iterator[Change]:
    old_pages, new_pages = _pages(before, site), _pages(after, site)
    unseen = set()
    for url in sorted(old_pages.keys() | new_pages.keys()):
        was, now = old_pages.get(url), new_pages.get(url)
        if was is None and now is not None:
            yield Change(site, "page-new", url, None, now[0])
        elif was is not None and now is None:
            yield Change(site, "page-gone", url, was[0], None)
        elif was is not None and now is not None and was[0] == "checked" and now[0] != "checked":
            unseen.add(url)
            yield Change(site, "page-not-checked", url, was[0], f"{now[0]}: {now[1]}")
    yield from _notices(before, after, site, old_pages, new_pages)
    yield from _claims(_said(before, site), _said(after, site), site, unseen)


def _pages(database: Any, site: str) -> dict[str, tuple[str, str | None, str]]:
    """Address -> (state, reason, page that was judged) of its latest record; a copy counts as checked."""
    rows = database.execute(
        "SELECT url, CASE state WHEN 'duplicate' THEN 'checked' ELSE state END, reason, coalesce(duplicate_of, page_id) FROM pages WHERE site = ? "
        "QUALIFY row_number() OVER (PARTITION BY url ORDER BY fetched DESC NULLS LAST, page_id) = 1",
        [site],
    ).fetchall()
    return {url: (state, reason, judged) for url, state, reason, judged in rows}


def _notices(
    before: Any,
    after: Any,
    site: str,
    old_pages: dict[str, tuple[str, str | None, str]],
    new_pages: dict[str, tuple[str, str | None, str]],
) -> Iterator[Change]:
    old, new = _signals(before, site), _signals(after, site)
    for url in sorted(old_pages.keys() & new_pages.keys()):
        was, now = old.get(old_pages[url][2]), new.get(new_pages[url][2])
        if was is None or now is None:
            continue
        for name, said in NOTICES.items():
            if was[name] and not now[name]:
                yield Change(site, "notice-dropped", url, said, None)
            elif now[name] and not was[name]:
                yield Change(site, "notice-added", url, None, said)


def _signals(database: Any, site: str) -> dict[str, dict[str, bool]]:
    columns = ", ".join(NOTICES)
    rows = database.execute(f"SELECT page_id, {columns} FROM signals WHERE site = ?", [site]).fetchall()
    return {row[0]: dict(zip(NOTICES, row[1:], strict=True)) for row in rows}


def _said(database: Any, site: str) -> dict[str, _Said]:
    """The sentences of a site's claims by their plain words; questions, denials and reports of others' words are no claims of its own."""
    rows = database.execute(
        "SELECT url, sentence, strength, verdict, intervention, effect, condition FROM claims WHERE site = ? AND NOT negated "
        "AND NOT attributed AND strength <> 'none' ORDER BY url, page_id, number",
        [site],
    ).fetchall()
    found: dict[str, _Said] = {}
    for url, sentence, strength, verdict, *slots in rows:
        found.setdefault(_key(sentence), _Said(url, sentence, strength, verdict, tuple(slots)))
    return found


def _key(sentence: str) -> str:
    return " ".join(
        "".join(char if char.isalnum() or char == "%" else " " for char in sentence.casefold()).split()
    )


def _claims(old: dict[str, _Said], new: dict[str, _Said], site: str, unseen: set[str]) -> Iterator[Change]:
    gone = {key: said for key, said in old.items() if key not in new and said.url not in unseen}
    come = {key: said for key, said in new.items() if key not in old}
    for first, second in _pairs(gone, come):
        was, now = gone.pop(first), come.pop(second)
        yield Change(
            site, "reworded", now.url, was.sentence, now.sentence, was.strength, now.strength, now.verdict
        )
    for said in come.values():
        yield Change(site, "new", said.url, None, said.sentence, None, said.strength, said.verdict)
    for said in gone.values():
        yield Change(site, "gone", said.url, said.sentence, None, said.strength, None, said.verdict)


def _pairs(gone: dict[str, _Said], come: dict[str, _Said]) -> list[tuple[str, str]]:
    """Sentences that are one reworded: most alike first, each at most once. Only sentences that share rare words are compared."""
    by_word: dict[str, list[str]] = {}
    for key in come:
        for word in set(key.split()):
            by_word.setdefault(word, []).append(key)
    scored: list[tuple[float, str, str]] = []
    looked = 0
    for key, was in gone.items():
        shared: dict[str, int] = {}
        for word in set(key.split()):
            for other in by_word.get(word, ())[:200]:
                shared[other] = shared.get(other, 0) + 1
        likely = sorted(shared, key=lambda other: (-shared[other], other))[:8]
        for other in likely:
            looked += 1
            if looked > _MOST_PAIRS:
                break
            alike = difflib.SequenceMatcher(None, key[:600], other[:600], autojunk=False).ratio()
            if was.slots == come[other].slots and any(was.slots):
                alike += 0.1
            if alike >= _ALIKE:
                scored.append((alike, key, other))
    taken: set[str] = set()
    pairs = []
    for _, key, other in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if ("old " + key) not in taken and ("new " + other) not in taken:
            taken |= {"old " + key, "new " + other}
            pairs.append((key, other))
    return pairs
