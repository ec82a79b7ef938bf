"""``claimlint evidence``: what is known of each intervention and condition, on whose word and as of when.

It only prints the registry; what the registry allows is decided in ``claimlint.evidence``.
"""

from __future__ import annotations

import click

_EXTRA = click.option("--evidence", "extra", multiple=True, metavar="FILE", help="Add a file of records.")
_FORMAT = click.option("--format", "format_", default="text", type=click.Choice(["text", "json"]))


@click.group()
def evidence() -> None:
    """List, show, check and derive the evidence registry."""


@evidence.command("list")
@_EXTRA
@_FORMAT
@click.argument("words", nargs=-1)
def list_records(words: tuple[str, ...], extra: tuple[str, ...], format_: str) -> int:
    """List all records, or those that all WORDS are about: treatments, conditions, products, by any name."""
    from claimlint import evidence as registry
    from claimlint import output
    from claimlint.commands import evidence_pages

    known = registry.load(extra)
    output.emit(evidence_pages.listing(known, words, format_), None)
    nothing = evidence_pages.nothing(known, words)
    if nothing is not None:
        output.say(f"claimlint: {nothing}")
    return 0


@evidence.command("show")
@_EXTRA
@_FORMAT
@click.argument("record", nargs=-1, required=True)
def show(record: tuple[str, ...], extra: tuple[str, ...], format_: str) -> int:
    """Show one record, by its id or by words that fit no other: tier, what it allows, sources and dates."""
    from claimlint import evidence as registry
    from claimlint import output
    from claimlint.commands import evidence_pages

    output.emit(evidence_pages.page(registry.load(extra), " ".join(record), format_), None)
    return 0


@evidence.command("check")
@click.argument("paths", nargs=-1, type=click.Path())
def check(paths: tuple[str, ...]) -> int:
    """Check evidence files or folders; without any, the registry that ships with claimlint."""
    from claimlint import output
    from claimlint.evidence.check import problems
    from claimlint.reporters.view import count
    from claimlint.rules.locate import data_path

    found = [problem for path in paths or (data_path("seeds"),) for problem in problems(path)]
    output.emit("".join(f"{problem}\n" for problem in found), None)
    output.say(f"claimlint: {count(len(found), 'problem')} in the evidence")
    return 2 if found else 0


@evidence.command("derive")
@click.argument("documents", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", metavar="FILE", help="Write the draft to a file instead.")
@click.option("--as-of", metavar="DATE", help="The day that the draft bears (2030-12-31); default today.")
def derive(documents: tuple[str, ...], output: str | None, as_of: str | None) -> int:
    """Draft assertion records and claimed tiers from DOCUMENTS, for a person to review."""
    from datetime import UTC, datetime

    from claimlint import output as out
    from claimlint.commands import deriving
    from claimlint.runner import parse_date

    day = parse_date(as_of) if as_of else datetime.now(UTC).date()
    derived = deriving.derive(documents, as_of=day)
    out.emit(deriving.render(derived), output)
    out.say(f"claimlint: {deriving.summary(derived)}")
    return 0
