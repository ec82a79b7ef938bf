"""``claimlint credibility``: the source-credibility scorecard of each document.

It judges nothing, so it exits 0 unless something could not be read.
"""

from __future__ import annotations

from typing import Any

import click

from claimlint.cli import common


@click.command()
@common.run_options
@common.output_option
@click.option("--format", "format_", default="text", type=click.Choice(["text", "json", "html"]))
def credibility(**values: Any) -> int:
    """Show what speaks for and against each document as a source."""
    from claimlint import output
    from claimlint.commands import scorecards

    result = common.run(values, scorecards=True)
    output.emit(scorecards.render(result.run, values["format_"]), values["output"])
    common.complain(result)
    return common.finish(result, 2 if result.run.failures else 0)
