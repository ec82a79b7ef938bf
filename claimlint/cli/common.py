"""The options that several commands share, and how they become the Options of a run.

One list keeps the commands alike; nothing here decides anything about copy.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from claimlint.errors import UsageError

Command = Callable[..., Any]

_RUN = (
    click.argument("paths", nargs=-1, type=click.Path()),
    click.option(
        "--ruleset", "rulesets", multiple=True, metavar="NAME|FOLDER", help="Add a pack or a folder of rules."
    ),
    click.option(
        "--select", multiple=True, metavar="RULE", help="Only these rules: id, pattern or category."
    ),
    click.option("--ignore", multiple=True, metavar="RULE", help="Not these rules."),
    click.option(
        "--profile", type=click.Choice(["team", "reviewer", "regulator"]), help="Whose reading; default team."
    ),
    click.option("--min-confidence", type=click.Choice(["low", "medium", "high"]), help="Default medium."),
    click.option(
        "--jurisdiction", metavar="ID|auto", help="Judge by the law of one place; auto: as the page shows it."
    ),
    click.option("--config", metavar="FILE", help="Use this settings file for every path."),
    click.option("--isolated", is_flag=True, help="No settings and no ignore comment of the material count."),
    click.option("--files-from", metavar="FILE|-", help="Read paths from a list, one a line."),
    click.option("--stdin-filename", metavar="NAME", help="What to call standard input; chooses the reader."),
    click.option(
        "--as-of", metavar="DATE", help="Judge evidence as of this day (2030-12-31); default today."
    ),
    click.option("--no-cache", is_flag=True, help="Read all rules anew, and check every file."),
    click.option(
        "--jobs", type=click.IntRange(min=0), default=0, metavar="N", help="Processes; default as it pays."
    ),
    click.option("--debug", is_flag=True, help="Show where claimlint itself failed."),
)

_OUTPUT = click.option("-o", "--output", metavar="FILE", help="Write the report to a file instead.")


def run_options(command: Command) -> Command:
    """Adds the paths and options that every command takes which checks documents."""
    for option in reversed(_RUN):
        command = option(command)
    return command


def output_option(command: Command) -> Command:
    """Adds --output."""
    return _OUTPUT(command)


def run(values: dict[str, Any], **more: Any) -> Any:
    """The Result of checking what ``values`` (the arguments of a command with run_options) ask for."""
    from claimlint import output, runner

    paths, options = asked(values, **more)
    return runner.run(paths, options, output.progress())


def asked(values: dict[str, Any], **more: Any) -> Any:
    """The paths and the Options that ``values`` stand for."""
    from claimlint import config, discovery, runner

    paths, stdin = list(values["paths"]), None
    if values["files_from"] is not None:
        paths += discovery.file_list(_list_text(values["files_from"], "-" in paths))
    if "-" in paths or (not paths and values["files_from"] is None):
        stdin = _standard_input(explicit="-" in paths)
        paths = [path for path in paths if path != "-"]
    elif values["stdin_filename"]:
        raise UsageError("--stdin-filename goes with standard input: add - as the path, or pipe the text in")
    here = os.getcwd()
    written = values.get("output") or values.get("file")  # the report, or the baseline that is kept
    options = runner.Options(
        rulesets=tuple(config.place(name, here) for name in values["rulesets"]),
        select=_split(values["select"]),
        ignore=_split(values["ignore"]),
        profile=values["profile"],
        min_confidence=values["min_confidence"],
        jurisdiction=values["jurisdiction"],
        config=values["config"],
        isolated=values["isolated"],
        as_of=runner.parse_date(values["as_of"]) if values["as_of"] else None,
        cache=not values["no_cache"],
        jobs=values["jobs"],
        stdin=stdin,
        stdin_name=values["stdin_filename"] or "-",
        leave_out=os.path.realpath(written) if written else None,
        debug=values["debug"],
        **more,
    )
    return paths, options


def _split(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for name in names for part in name.split(",") if part.strip())


def _list_text(name: str, stdin_taken: bool) -> str:
    if name == "-":
        if stdin_taken:
            raise UsageError("standard input can't be both the list of files (--files-from -) and a text (-)")
        return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    try:
        with open(name, "rb") as file:
            return file.read().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise UsageError(f"--files-from: {name}: can't be read: {error.strerror or error}") from None


def _standard_input(*, explicit: bool) -> bytes:
    if not explicit and (sys.stdin is None or sys.stdin.isatty()):
        raise UsageError("nothing to check: name a file or a folder, for example  claimlint check site/")
    from claimlint.readers.decode import LARGEST

    data = sys.stdin.buffer.read(LARGEST + 1)
    if not data.strip():
        raise UsageError(
            "nothing to check: standard input is empty; name a file or a folder, or pipe a text in"
        )
    return data


def finish(result: Any, status: int) -> int:
    """Tells the person what the report does not say, and returns the exit status."""
    from claimlint.output import say

    for note in result.notes:
        say(f"claimlint: {note}")
    return status


def complain(result: Any) -> None:
    """Names each file that was not checked, on standard error."""
    from claimlint.output import say

    for failure in result.run.failures:
        say(f"claimlint: {failure.path}: {failure.reason}")
