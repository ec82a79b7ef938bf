"""Says site by site what was fetched, what was not and why: the crawl's account of itself.

A site of which nothing could be fetched is named as such, for "could not fetch" is never "clean".
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from claimlint import __version__
from claimlint.crawl.frontier import Frontier
from claimlint.crawl.outcomes import OUTCOMES
from claimlint.crawl.store import file_digest

MOST_LISTED = 500
"""Addresses that were not fetched which are listed of one site; the database holds them all."""

_FINE = ("page", "sitemap", "redirect")


def summary(
    frontier: Frontier, warcs: Path, options: dict[str, Any], started: str, ended: str, stopped: str
) -> dict[str, Any]:
    """The content of crawl.json (claimlint/schemas/crawl.schema.json)."""
    sites = [_site(frontier, warcs, site.key, site.start) for site in frontier.sites()]
    total: Counter[str] = Counter()
    for site in sites:
        total.update(site["outcomes"])
    return {
        "version": 1,
        "tool": {"name": "claimlint", "version": __version__},
        "options": options,
        "started": started,
        "ended": ended,
        "stopped": stopped,
        "outcomes": {name: total[name] for name in OUTCOMES if total[name]},
        "sites": sites,
        "summary": {
            "sites": len(sites),
            "nothing_fetched": sum(site["state"] == "nothing-fetched" for site in sites),
            "incomplete": sum(site["state"] == "incomplete" for site in sites),
            "pages": total["page"],
            "not_fetched": sum(site["not_fetched_count"] for site in sites),
        },
    }


def _site(frontier: Frontier, warcs: Path, site: str, start: str) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    missed: list[dict[str, Any]] = []
    circles = _circles(frontier, site)
    missing = 0
    query = "SELECT id, url, kind, done, outcome, status, reason, target, via, attempts FROM urls WHERE site = ? ORDER BY depth, id"
    for number, url, kind, done, outcome, status, reason, target, via, attempts in frontier.db.execute(
        query, (site,)
    ):
        name = "waiting" if not done else "redirect-loop" if number in circles else outcome
        if kind == "sitemap" and name != "sitemap" and not via and name != "waiting":
            continue  # a sitemap that nobody said was there
        counts[name] += 1
        if name in _FINE:
            continue
        missing += 1
        if len(missed) < MOST_LISTED:
            row = {
                "url": url,
                "outcome": name,
                "reason": reason or OUTCOMES[name],
                "status": status,
                "attempts": attempts,
            }
            missed.append({**row, **({"target": target} if target else {})})
    left = [
        {"reason": reason, "links": links, "example": example}
        for reason, links, example in frontier.db.execute(
            "SELECT reason, links, example FROM left_out WHERE site = ? ORDER BY links DESC, reason", (site,)
        )
    ]
    state = "nothing-fetched" if not counts["page"] else "incomplete" if counts["waiting"] else "complete"
    files = [
        {"file": f"warc/{file}", "bytes": length, "sha256": file_digest(warcs / file)}
        for file, owner, length in frontier.files()
        if owner == site and (warcs / file).exists()
    ]
    return {
        "site": site,
        "start": start,
        "state": state,
        "outcomes": {name: counts[name] for name in OUTCOMES if counts[name]},
        "not_fetched_count": missing,
        "not_fetched": missed,
        "left_out": left,
        "files": files,
    }


def _circles(frontier: Frontier, site: str) -> set[int]:
    """The addresses whose redirects never arrive: each leads to one that leads back."""
    from claimlint.crawl.scope import identity

    rows = frontier.db.execute(
        "SELECT id, identity, target FROM urls WHERE site = ? AND outcome = 'redirect'", (site,)
    ).fetchall()
    leads = {key: identity(target) for _, key, target in rows}
    lost: set[int] = set()
    arrives: dict[str, bool] = {}
    for number, key, _ in rows:
        path: list[str] = []
        at = key
        while at in leads and at not in arrives and at not in path:
            path.append(at)
            at = leads[at]
        good = arrives.get(at, at not in path)
        arrives.update(dict.fromkeys(path, good))
        if not arrives[key]:
            lost.add(number)
    return lost
