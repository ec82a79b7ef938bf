"""Builds the report on a whole dataset: an index of sites by risk, and a page, a CSV and a SARIF file for each.

Plain files that open from a disk or a mail attachment; made beside the target and put in its place when whole.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from claimlint import __version__
from claimlint.batch import html, records, site_files
from claimlint.batch.risk import Risk, assess, formula, ranked
from claimlint.batch.site_rows import Dataset, SiteRows
from claimlint.batch.site_view import bar, view, worst_pages
from claimlint.errors import UsageError
from claimlint.model import Rule
from claimlint.reporters.view import dump

MARK = "report.json"
PICTURES = 6
"""Screenshots shown of one site."""


class Total(NamedTuple):
    """Sums over all sites."""

    pages: int
    judged: int
    duplicates: int
    not_judged: int
    errors: int
    warnings: int
    notes: int


class Built(NamedTuple):
    """What was written: the index and the ranking."""

    page: Path
    risks: list[Risk]
    total: Total


def build(
    dataset: Dataset,
    out: str,
    weights: Mapping[str, Any],
    rules: Mapping[str, Rule],
    sources: str | None = None,
) -> Built:
    """Writes the report to ``out``; a report that stands there is replaced, anything else is left alone (UsageError).

    ``sources`` is the folder that the dataset's archives are looked for in, for screenshots that the crawl kept.
    """
    target = Path(out)
    if target.exists() and not (target / MARK).is_file() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            f"--out {out}: holds something other than a report; name a folder that is new or empty"
        )
    # Two passes: a site's page says its rank, which is known when all are assessed.
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".claimlint-report-", dir=target.parent))
    except OSError as error:
        raise UsageError(f"--out {out}: can't be written: {error.strerror or error}") from None
    try:
        conditions: dict[str, str] = {}
        risks: list[Risk] = []
        for rows in dataset.sites():
            risks.append(assess(rows, weights))
            conditions[rows.site] = " ".join(str(row["condition"]) for row in rows.conditions[:60])
        order = ranked(risks)
        places = {risk.site: (number, risk) for number, risk in enumerate(order, 1)}
        facts = facts_of(dataset.run)
        for rows in dataset.sites():
            place, risk = places[rows.site]
            _site(
                work / "sites" / folder_name(rows.site),
                rows,
                risk,
                place,
                len(order),
                weights,
                rules,
                facts,
                dataset,
                sources,
            )
        total = _total(order)
        listed = [
            (risk, folder_name(risk.site), None if risk.score is None else bar("Risk", f"{risk.score:g} of 100", risk.score / 100),
             f"{risk.site} {conditions[risk.site]}".lower())
            for risk in order
        ]  # fmt: skip
        index = html.page(
            "index.html.j2",
            risks=order,
            rows=listed,
            total=total,
            facts=facts,
            formula=formula(weights),
            unjudged=[risk for risk in order if risk.score is None],
            unread=dataset.unread(),
        )
        (work / "index.html").write_bytes(index)
        (work / "sites.csv").write_bytes(site_files.sites_csv(order))
        (work / MARK).write_bytes(dump(_ranking(order, weights, total, dataset.run)).encode())
        _place(work, target)
    except OSError as error:
        raise UsageError(f"--out {out}: can't be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Built(target / "index.html", order, total)


def _site(
    folder: Path,
    rows: SiteRows,
    risk: Risk,
    place: int,
    places: int,
    weights: Mapping[str, Any],
    rules: Mapping[str, Rule],
    facts: list[tuple[str, str]],
    dataset: Dataset,
    sources: str | None,
) -> None:
    folder.mkdir(parents=True)
    pictures = {}
    for page in worst_pages(rows, weights, PICTURES):
        found = records.picture(page, sources, dataset.folder)
        if found:
            pictures[page["page_id"]] = found
    values = {"place": place, "places": places, "back": "../../index.html", "files": "", "facts": facts}
    text = html.page(
        "site.html.j2", view=view(rows, risk, weights, pictures), formula=formula(weights), **values
    )
    (folder / "index.html").write_bytes(text)
    (folder / "findings.csv").write_bytes(site_files.findings_csv(rows))
    (folder / "findings.sarif").write_bytes(site_files.findings_sarif(rows, rules))


def facts_of(run: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a dataset's run.json says in plain values, for the head of a page."""
    names = {"as_of": "judged as of", "profile": "profile", "jurisdiction": "jurisdiction", "rules": "rules"}
    found = [("claimlint", __version__)]
    for key, name in names.items():
        value = run.get(key)
        if isinstance(value, str) and value:
            found.append((name, value[:16] if key == "rules" else value))
    return found


def folder_name(site: str) -> str:
    """A folder name that any system takes; two sites never share one."""
    safe = re.sub(r"[^a-z0-9.-]+", "_", site.lower())[:80].strip(".")
    reserved = re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", safe)
    return (
        safe
        if safe and safe == site and not reserved
        else f"{safe}.{sha256(site.encode('utf-8', 'replace')).hexdigest()[:8]}"
    )


def _total(risks: list[Risk]) -> Total:
    return Total(*(sum(getattr(risk, name) for risk in risks) for name in Total._fields))


def _ranking(
    risks: list[Risk], weights: Mapping[str, Any], total: Total, run: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "version": 1,
        "tool": {"name": "claimlint", "version": __version__},
        "run": dict(run),
        "formula": formula(weights),
        "weights": dict(weights),
        "total": total._asdict(),
        "sites": [
            {
                "rank": place,
                **risk._asdict(),
                "parts": [part._asdict() for part in risk.parts],
                "folder": f"sites/{folder_name(risk.site)}",
            }
            for place, risk in enumerate(risks, 1)
        ],
    }


def _place(work: Path, target: Path) -> None:
    """Puts the finished folder in the place of the old report, which goes only when the new one stands."""
    work.chmod(0o755)
    old = None
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix=".claimlint-old-", dir=target.parent)) / "report"
        target.rename(old)
    try:
        work.rename(target)
    except OSError:
        if old is not None:
            old.rename(target)
        raise
    if old is not None:
        with suppress(OSError):
            shutil.rmtree(old.parent)
