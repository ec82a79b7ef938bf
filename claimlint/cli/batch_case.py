"""``claimlint batch report``, ``case`` and ``verify``: from a dataset to what is read, filed and checked.

Each turns its arguments into one call; the libraries of the optional part ``batch`` are loaded by those calls.
"""

from __future__ import annotations

from typing import Any

import click

_DATASET = click.argument("dataset", type=click.Path())
_WEIGHTS = click.option(
    "--weights", metavar="FILE", help="Weights of your own for the ranking (see the regulator's guide)."
)
_SOURCES = click.option(
    "--sources", metavar="DIR", help="The folder that holds the archives, where they were moved."
)
_DEBUG = click.option("--debug", is_flag=True, help="Show where claimlint itself failed.")


@click.command()
@_DATASET
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    help="Where the report goes; a report that stands there is replaced.",
)
@_WEIGHTS
@_SOURCES
@_DEBUG
def report(dataset: str, out: str, weights: str | None, sources: str | None, debug: bool) -> int:
    """Build a report of plain HTML files on all sites of DATASET, riskiest first."""
    from claimlint.batch.risk import load_weights
    from claimlint.batch.site_report import build
    from claimlint.batch.site_rows import Dataset
    from claimlint.output import say
    from claimlint.reporters.view import count

    loaded = load_weights(weights)
    data = Dataset(dataset)
    built = build(data, out, loaded, _rules(), sources)
    if not data.finished:
        say(f"claimlint: {dataset}: the run has not come to its end; this is what is finished so far")
    unjudged = sum(risk.score is None for risk in built.risks)
    say(f"claimlint: {count(len(built.risks), 'site')}, {count(built.total.pages, 'page')}: {built.page}")
    if built.total.not_judged or unjudged:
        say(
            f"claimlint: {count(built.total.not_judged, 'page')} not judged, of {count(unjudged, 'site')} none at all: "
            "don't read them as clean"
        )
    return 0


@click.command()
@_DATASET
@click.argument("site")
@click.option("--out", required=True, metavar="FILE.zip", help="The case file.")
@_WEIGHTS
@_SOURCES
@_DEBUG
def case(dataset: str, site: str, out: str, weights: str | None, sources: str | None, debug: bool) -> int:
    """Pack SITE of DATASET into a case file: report, the very records, and a manifest of digests."""
    from claimlint.batch.case import pack
    from claimlint.batch.risk import load_weights
    from claimlint.batch.site_rows import Dataset
    from claimlint.output import emit, say
    from claimlint.reporters.view import count

    data = Dataset(dataset)
    if not data.finished:
        say(f"claimlint: {dataset}: the run has not come to its end; this is what is finished so far")
    packed = pack(data, site, out, load_weights(weights), _rules(), sources)
    emit(f"{packed.sha256}  {out}\n", None)
    say(
        f"claimlint: {count(packed.pages, 'page')} with {count(packed.quotes, 'finding')}. Keep the SHA-256 above apart from the file: "
        "it shows later that the file is the same"
    )
    return 0


@click.command()
@click.argument("case_file", metavar="CASE.zip", type=click.Path())
@click.option("--sha256", "whole", metavar="HEX", help="The SHA-256 that the file had when it was made.")
@_DEBUG
def verify(case_file: str, whole: str | None, debug: bool) -> int:
    """Check a case file: digests, records, and that the quoted words stand in them. Exit status 2 where anything fails."""
    from claimlint.batch.verify import verify as check
    from claimlint.output import say
    from claimlint.reporters.view import count, visible

    found = check(case_file, whole)
    for place, reason in found.problems:
        say(f"claimlint: {visible(place)}: {visible(reason)}")
    told = f"{count(found.files, 'file')}, {count(found.pages, 'page')}, {count(found.quotes, 'finding')}"
    if found.problems:
        say(f"claimlint: {told}: {count(len(found.problems), 'thing does', 'things do')} not hold")
        return 2
    say(f"claimlint: {told}: everything is as the manifest states")
    if whole is None:
        say(
            "claimlint: who changes a file can change its manifest too: --sha256 compares with what was printed when the file was made"
        )
    return 0


def _rules() -> dict[str, Any]:
    from claimlint.api import load_rules

    return {rule.id: rule for rule in load_rules().rules}


COMMANDS = (report, case, verify)
"""What this module adds to ``claimlint batch``."""
