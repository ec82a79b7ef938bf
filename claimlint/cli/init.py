"""``claimlint init``: starts a settings file, a pre-commit hook and a GitHub workflow after two questions.

It writes nothing without being asked, and never over a file that exists.
"""

from __future__ import annotations

import os

import click

HOOK_FILE = ".pre-commit-config.yaml"
WORKFLOW_FILE = ".github/workflows/claimlint.yml"


@click.command()
@click.option("--yes", is_flag=True, help="Write settings, hook and workflow without asking.")
def init(yes: bool) -> int:
    """Start settings, a pre-commit hook and a GitHub workflow in this folder."""
    from claimlint import __version__, config, output
    from claimlint.commands import scaffold

    profile, also = "team", "both"
    has_settings = config.find(".") is not None
    if not yes:
        if not has_settings:
            profile = click.prompt(
                "Whose reading should hold here? team is precise, reviewer wants more, regulator sees everything",
                type=click.Choice(config.PROFILES),
                default="team",
                err=True,
            )
        also = click.prompt(
            "Where else should claimlint run? commits (pre-commit), pulls (GitHub), both or none",
            type=click.Choice(["commits", "pulls", "both", "none"]),
            default="both",
            err=True,
        )
    if has_settings:
        output.say("claimlint: this folder has settings for claimlint already; they are left as they are")
    else:
        _write(config.NAMES[0], scaffold.settings(profile))
    if also in ("commits", "both"):
        _write(HOOK_FILE, scaffold.hook(__version__))
    if also in ("pulls", "both"):
        _write(WORKFLOW_FILE, scaffold.workflow(__version__))
    output.say("claimlint: next:  claimlint check .")
    output.say(
        "claimlint: too much to mend today?  claimlint baseline create .  then  "
        "claimlint check --baseline .claimlint-baseline ."
    )
    return 0


def _write(path: str, text: str) -> None:
    """Writes a new file, or prints what to add where there is one."""
    from claimlint import output
    from claimlint.commands import scaffold

    if os.path.lexists(path):
        output.say(f"claimlint: {path} exists and is left as it is; this belongs in it:\n")
        output.emit(text, None)
    else:
        scaffold.write_new(path, text)
        output.say(f"claimlint: wrote {path}")
