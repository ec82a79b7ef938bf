"""The command line: turns arguments into one call and its result into an exit status.

Each command is a module here that is imported only when it is asked for, so that the version and the help
of one command cost no more than click.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from claimlint import __version__

COMMANDS = {
    "check": "check",
    "claims": "claims",
    "credibility": "credibility",
    "evidence": "evidence",
    "rules": "rules",
    "explain": "explain",
    "init": "init",
    "baseline": "baseline",
    "suppressions": "suppressions",
    "batch": "batch",
    "crawl": "crawl",
    "lsp": "lsp",
}
"""Each command with the module of this package that holds it, in the order in which help lists them."""


class _Lazy(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        found: click.Command = getattr(import_module(f"claimlint.cli.{COMMANDS[cmd_name]}"), cmd_name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import os

            from claimlint.errors import did_you_mean

            hint = did_you_mean(args[0], tuple(COMMANDS))
            if not hint and os.path.exists(args[0]):
                hint = f": to check a file or folder, write  claimlint check {args[0]}"
            ctx.fail(f"there is no command '{args[0]}'{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="claimlint")
def group() -> None:
    """Check health-marketing copy for claims that go beyond their evidence.

    \b
    claimlint check site/                   lint files and folders
    claimlint check --format html -o r.html site/    a report to read
    claimlint explain RULE                  why a rule exists
    """


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit status: 0, 1 (findings) or 2 (can't be trusted)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        result = group.main(args=arguments, prog_name="claimlint", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("claimlint: stopped", err=True)
        return 130
    except Exception as error:
        return _failed(error, "--debug" in arguments)
    return result if isinstance(result, int) else 0


def _failed(error: Exception, debug: bool) -> int:
    """Says what went wrong in one message; a defect must never exit as 'findings' or as 'clean'."""
    from claimlint.errors import ClaimlintError
    from claimlint.output import say

    if isinstance(error, ClaimlintError):
        say(f"claimlint: {error}")
        return error.exit_status
    if debug:
        import traceback

        traceback.print_exc()
    text = " ".join(str(error).split())[:300]
    say(
        f"claimlint: a defect of claimlint itself ({type(error).__name__}: {text}); nothing can be said "
        "about the copy. Please report it; --debug shows where it happened."
    )
    return 2
