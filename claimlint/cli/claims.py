"""``claimlint claims``: the ledger of every claim with its slots, its strength and what evidence says.

It judges nothing, so it exits 0 unless something could not be read.
"""

from __future__ import annotations

from typing import Any

import click

from claimlint.cli import common


@click.command()
@common.run_options
@common.output_option
@click.option("--format", "format_", default="table", metavar="NAME", help="One of table, json, csv, html.")
def claims(**values: Any) -> int:
    """List every claim in files and folders, with its strength, evidence and verdict."""
    from claimlint import output
    from claimlint.reporters.claims import render_claims

    result = common.run(values, graded=True)
    output.emit(render_claims(result.run, values["format_"], dict(result.relative)), values["output"])
    common.complain(result)
    return common.finish(result, 2 if result.run.failures else 0)
