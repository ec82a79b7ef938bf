"""``claimlint baseline``: accepts the findings of today so that only new ones fail.

The file it keeps is meant to be committed and to shrink.
"""

from __future__ import annotations

import os
from typing import Any

import click

from claimlint.cli import common

_FILE = click.option(
    "--file",
    "file",
    default=".claimlint-baseline",
    show_default=True,
    metavar="FILE",
    help="The list to keep.",
)


@click.group()
def baseline() -> None:
    """Accept the findings of today; check --baseline FILE then reports only new ones."""


@baseline.command("create")
@common.run_options
@_FILE
def create(**values: Any) -> int:
    """List all findings in a new baseline."""
    from claimlint.errors import UsageError

    if os.path.exists(values["file"]):
        raise UsageError(f"{values['file']}: exists already; use  claimlint baseline update")
    return _write(values, old=False, add=True)


@baseline.command("update")
@common.run_options
@_FILE
def update(**values: Any) -> int:
    """Add new findings and remove those that are gone."""
    return _write(values, old=True, add=True)


@baseline.command("prune")
@common.run_options
@_FILE
def prune(**values: Any) -> int:
    """Remove findings that are gone, and accept nothing new."""
    return _write(values, old=True, add=False)


@baseline.command("import")
@click.argument("report", type=click.Path())
@_FILE
def import_(report: str, file: str) -> int:
    """Accept the findings of an earlier report (JSON or SARIF) or of another baseline."""
    from claimlint.output import say
    from claimlint.triage import baseline as store

    before = store.read(file) if os.path.exists(file) else ()
    after = {item.fingerprint: item for item in (*store.imported(report), *before)}
    store.write(file, after.values())
    say(f"claimlint: {file}: {len(after)} findings accepted (before: {len(before)})")
    return 0


def _write(values: dict[str, Any], *, old: bool, add: bool) -> int:
    from claimlint.output import say
    from claimlint.triage import baseline as store

    before = store.read(values["file"]) if old else ()
    result = common.run(values)
    after = store.of_result(before, result, add=add)
    store.write(values["file"], after)
    common.complain(result)
    say(f"claimlint: {values['file']}: {len(after)} findings accepted (before: {len(before)})")
    return common.finish(result, 2 if result.run.failures else 0)
