"""``claimlint batch``: many sites at once, from archives to a dataset, and what is asked of that dataset.

Each command turns its arguments into one call; the libraries of the optional part ``batch`` are loaded by those calls.
"""

from __future__ import annotations

import os
from typing import Any

import click

from claimlint.cli.batch_case import COMMANDS as CASE_COMMANDS
from claimlint.errors import MissingExtra, UsageError

_FORMAT = click.option(
    "--format", "format_", default="table", type=click.Choice(["table", "csv", "json"]), help="Default table."
)
_OUTPUT = click.option("-o", "--output", metavar="FILE", help="Write to a file instead.")
_OUT = click.option("--out", required=True, metavar="DIR", help="The dataset's folder.")


@click.group()
def batch() -> None:
    """Check many sites side by side, and ask what was found (optional part 'batch')."""
    from importlib.util import find_spec

    for library in ("pyarrow", "duckdb", "warcio", "fsspec"):
        try:
            found = find_spec(library) is not None
        except (ImportError, ValueError):
            found = False
        if not found:
            raise MissingExtra("claimlint batch", "batch")


@batch.command("run")
@click.argument("inputs", nargs=-1)
@click.option(
    "--list",
    "lists",
    multiple=True,
    metavar="FILE",
    help="Pages by list: address, tab, file; or a file alone.",
)
@_OUT
@click.option(
    "--jobs", type=click.IntRange(min=0), default=0, metavar="N", help="Processes; default one a processor."
)
@click.option(
    "--dask", metavar="ADDRESS", help="Work on the Dask cluster of this scheduler (optional part 'dask')."
)
@click.option(
    "--ruleset", "rulesets", multiple=True, metavar="NAME|FOLDER", help="Add a pack or a folder of rules."
)
@click.option("--select", multiple=True, metavar="RULE", help="Only these rules: id, pattern or category.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not these rules.")
@click.option(
    "--profile", type=click.Choice(["team", "reviewer", "regulator"]), help="Whose reading; default team."
)
@click.option("--min-confidence", type=click.Choice(["low", "medium", "high"]), help="Default medium.")
@click.option(
    "--jurisdiction", metavar="ID|auto", help="Judge by the law of one place; auto: as each page shows it."
)
@click.option("--config", metavar="FILE", help="Settings of your own; those of the pages never count.")
@click.option(
    "--as-of", metavar="DATE", help="Judge evidence as of this day (2030-12-31); default the first run's."
)
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="Limit for one page."
)
@click.option(
    "--largest",
    type=click.IntRange(min=1),
    default=10_000_000,
    show_default=True,
    help="Bytes of a page, at most.",
)
@click.option(
    "--shard-pages",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    help="Pages of a shard, at most.",
)
@click.option("--no-cache", is_flag=True, help="Read all rules anew.")
@click.option("--debug", is_flag=True, help="Show where claimlint itself failed.")
def run(**values: Any) -> int:
    """Check all pages of INPUTS: WARC, WACZ and WET files, folders, single pages, any fsspec address.

    The same command takes up a run that was stopped. No settings and no ignore comment of the pages count.
    Exit status 0: every page has its row. 2: an input could not be read to its end.
    """
    from claimlint import config, runner
    from claimlint.batch import run as batches
    from claimlint.batch.binding import Asked
    from claimlint.cli.common import _split
    from claimlint.output import say

    if values["dask"] and values["jobs"]:
        raise UsageError("--dask and --jobs don't go together: the cluster has the workers that it has")
    options = runner.Options(
        rulesets=tuple(config.place(name, os.getcwd()) for name in values["rulesets"]),
        select=_split(values["select"]),
        ignore=_split(values["ignore"]),
        profile=values["profile"],
        min_confidence=values["min_confidence"],
        jurisdiction=values["jurisdiction"],
        config=values["config"],
        isolated=True,
        as_of=runner.parse_date(values["as_of"]) if values["as_of"] else None,
        cache=not values["no_cache"],
    )
    result = batches.run(
        Asked(
            values["inputs"],
            values["lists"],
            values["out"],
            options,
            values["jobs"],
            values["dask"],
            values["seconds"],
            values["largest"],
            values["shard_pages"],
        )
    )
    for name, problem in result.problems:
        say(f"claimlint: {name}: {problem}")
    say(f"claimlint: {batches.in_words(result)}")
    return 2 if result.problems else 0


@batch.command("sql")
@click.argument("query")
@_OUT
@_FORMAT
@_OUTPUT
def sql(query: str, out: str, format_: str, output: str | None) -> int:
    """Answer a QUERY in SQL over the views pages, claims, findings, signals, credibility, provisions, blocks, sources."""
    from claimlint import output as streams
    from claimlint.batch import store

    names, rows = store.query(out, query)
    streams.emit(store.render(names, rows, format_) if names else "", output)
    _unfinished(out)
    return 0


@batch.command("sqlite")
@click.argument("file", type=click.Path())
@_OUT
def sqlite(file: str, out: str) -> int:
    """Write all tables to a new SQLite FILE, for Datasette and the like."""
    from claimlint.batch import store
    from claimlint.output import say

    say(f"claimlint: {file}: {store.to_sqlite(out, file):,} rows")
    _unfinished(out)
    return 0


@batch.command("compare")
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option("--site", "sites", multiple=True, metavar="SITE", help="Only this site; may be given again.")
@_FORMAT
@_OUTPUT
def compare(old: str, new: str, sites: tuple[str, ...], format_: str, output: str | None) -> int:
    """Say what has changed from dataset OLD to dataset NEW: claims new, gone, reworded; notices added, dropped."""
    from claimlint import output as streams
    from claimlint.batch import compare as comparing
    from claimlint.batch import store

    changes, notes = comparing.compare(old, new, sites)
    streams.emit(store.render(comparing.Change._fields, changes, format_), output)
    for note in notes:
        streams.say(f"claimlint: {note}")
    return 0


@batch.command("sample")
@_OUT
@click.option(
    "--size",
    type=click.IntRange(min=2),
    default=200,
    show_default=True,
    help="Rows to review, about half findings.",
)
@click.option("--seed", default="1", show_default=True, help="Another seed draws another sample.")
@click.option("-o", "--output", required=True, metavar="FILE", help="The CSV file for the reviewers.")
def sample(out: str, size: int, seed: str, output: str) -> int:
    """Draw findings, and claims without one, for people to review."""
    from claimlint import output as streams
    from claimlint.batch import sample as sampling

    text, told = sampling.draw(out, size, seed)
    streams.emit(text, output)
    streams.say(f"claimlint: {output}: {told}")
    _unfinished(out)
    return 0


@batch.command("precision")
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option(
    "--format", "format_", default="text", type=click.Choice(["text", "json"]), help="Default text."
)
@_OUTPUT
def precision(files: tuple[str, ...], format_: str, output: str | None) -> int:
    """Read reviewers' FILES back: how many findings were right, how sure that is, and where reviewers disagree."""
    from claimlint import output as streams
    from claimlint.batch import precision as figures

    streams.emit(figures.render(figures.measure(files), format_), output)
    return 0


for _command in CASE_COMMANDS:
    batch.add_command(_command)


def _unfinished(out: str) -> None:
    from claimlint.batch import store
    from claimlint.output import say

    if not store.finished(out):
        say(f"claimlint: {out}: the run has not come to its end; this is what is finished so far")
