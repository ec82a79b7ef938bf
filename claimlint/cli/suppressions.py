"""``claimlint suppressions``: lists every ignore comment, with its reason, its date and who gave leave.

Auditors ask for this list, so it holds the comments that don't work as well.
"""

from __future__ import annotations

from typing import Any

import click

from claimlint.cli import common


@click.command()
@common.run_options
@common.output_option
@click.option("--format", "format_", default="text", type=click.Choice(["text", "json"]))
def suppressions(**values: Any) -> int:
    """List all ignore comments in files and folders."""
    from claimlint import output
    from claimlint.commands import suppress_list

    result = common.run(values)
    output.emit(suppress_list.render(result.run, values["format_"]), values["output"])
    common.complain(result)
    return common.finish(result, 2 if result.run.failures else 0)
