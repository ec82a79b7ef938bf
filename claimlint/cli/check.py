"""``claimlint check``: lints files and folders and writes one report.

It is the command that people, hooks and CI call, so its options are the contract's and its output is the
report alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from claimlint.cli import common
from claimlint.errors import UsageError, did_you_mean

FORMATS = ("text", "json", "sarif", "html", "github", "csv", "markdown", "junit", "docx", "pdf", "template")


@click.command()
@common.run_options
@common.output_option
@click.option(
    "--format",
    "format_",
    metavar="NAME",
    help=f"One of {', '.join(FORMATS)}; text, in GitHub Actions github.",
)
@click.option("--template", metavar="FILE", help="With --format template: a Jinja template of your own.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "note", "never"]), help="Exit 1 from; default error."
)
@click.option(
    "--show", type=click.Choice(["error", "warning", "note", "suppressed"]), help="Print from; default note."
)
@click.option("--baseline", metavar="FILE", help="Hold back the findings that this baseline lists.")
@click.option("--since", metavar="REV", help="Report only on lines that differ from this git revision.")
@click.option("--decisions", metavar="FILE", help="Silence what a reviewer dismissed in the HTML report.")
@click.option("--fix", is_flag=True, help="Rewrite what can safely be rewritten, then report the rest.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and change nothing.")
@click.option("--unsafe", is_flag=True, help="With --fix or --diff: rewrites that someone must read, too.")
@click.option("--stamp", is_flag=True, help="Let the time and the commit into the report.")
@click.option(
    "--explain-reading", metavar="FILE", help="Print what of FILE is taken as copy, and check nothing."
)
def check(**values: Any) -> int:
    """Lint files and folders; - or piped input is standard input.

    Exit status 0: nothing at the failing level. 1: findings. 2: something could not be checked.
    """
    from claimlint import output, runner

    if values["explain_reading"] is not None:
        from claimlint.commands.reading import explain

        output.emit(
            explain(values["explain_reading"], values["config"], values["isolated"]), values["output"]
        )
        return 0
    name = values["format_"] or _usual(values["output"])
    if name in ("docx", "pdf"):
        from claimlint.cli import review

        review.ready(name, values["paths"], values["output"])
    if (name == "template") != (values["template"] is not None):
        raise UsageError("--format template and --template FILE go together")
    paths, options = common.asked(
        values,
        fail_on=values["fail_on"],
        show=values["show"],
        stamp=values["stamp"],
        baseline=values["baseline"],
        decisions=values["decisions"],
        scorecards=name in ("json", "html", "template"),
    )
    result = runner.run(paths, options, output.progress())
    if values["since"] is not None:
        if any(item.document.path == "-" for item in result.run.checked):
            raise UsageError("--since compares files: give standard input its name with --stdin-filename")
        result = since(result, values["since"], paths)
    if values["fix"] or values["diff"]:
        from claimlint.cli import fixes

        result, shown = fixes.carry_out(result, paths, options, values)
        if shown is not None:
            output.emit(shown, values["output"])
            common.complain(result)
            return common.finish(result, runner.exit_status(result.run))
    elif values["unsafe"]:
        raise UsageError("--unsafe goes with --fix or --diff")
    if name in ("docx", "pdf"):
        review.write(name, result, values["paths"][0], values["output"])
    else:
        output.emit(_render(name, result, values), values["output"])
    if values["output"] not in (None, "-") or name != "text":
        common.complain(result)
    if values["baseline"] is not None:
        output.say(f"claimlint: {values['baseline']}: {result.run.held_back} held back")
    if values["decisions"] is not None:
        from claimlint.triage import decisions

        gone = decisions.unused(values["decisions"], result.run.checked)
        if gone:
            output.say(f"claimlint: {gone}")
    return common.finish(result, runner.exit_status(result.run))


def since(result: Any, revision: str, paths: Sequence[str] = ()) -> Any:
    """The result with only what stands on lines that differ from a git revision."""
    from claimlint.triage import changes

    run, left_out = changes.narrow(result.run, changes.since(revision, _folder(paths)))
    note = f"{left_out} more on lines that have not changed since {revision}"
    return result._replace(run=run, notes=(*result.notes, note))


def _usual(path: str | None) -> str:
    """The format where none is asked for: annotations in a job of GitHub Actions, text anywhere else."""
    import os

    return "github" if path is None and os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _render(name: str, result: Any, values: dict[str, Any]) -> str:
    from claimlint import output, reporters

    if name not in FORMATS:
        from claimlint import plugins

        origins = dict(result.plugins)
        if name not in origins:
            raise UsageError(
                f"there is no format '{name}'{did_you_mean(name, (*FORMATS, *origins))}; "
                f"known: {', '.join((*FORMATS, *origins))}"
            )
        plugin = plugins.load("reporters", [name], origins[name])[name]
        return str(getattr(plugin, "render", plugin)(result.run))
    if name == "template":
        from claimlint.reporters.template import render_template

        return render_template(result.run, values["template"])
    if name == "sarif" and values["baseline"] is not None:
        from claimlint.reporters import sarif

        return sarif.render(result.run, compared=True)
    return reporters.render(name, result.run, color=values["output"] in (None, "-") and output.colour())


def _folder(paths: Sequence[str]) -> str:
    """The folder whose repository is asked: the working directory where it holds what is checked, else that of the first path."""
    import os

    here = os.getcwd()
    first = os.path.abspath(paths[0]) if paths else here
    if not os.path.exists(first) or os.path.exists(os.path.join(here, ".git")):
        return here
    return first if os.path.isdir(first) else os.path.dirname(first)
