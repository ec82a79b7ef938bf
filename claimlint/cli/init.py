"""``claimlint init``: starts a settings file and offers the pre-commit hook.

It writes nothing without being asked, and never over a file that exists.
"""

from __future__ import annotations

import click


@click.command()
@click.option("--yes", is_flag=True, help="Write the settings file without asking.")
def init(yes: bool) -> int:
    """Start .claimlint.yaml here and show how to add the pre-commit hook."""
    from claimlint import __version__, config, output, scaffold

    if config.find(".") is not None:
        output.say("claimlint: this folder has settings for claimlint already; they are left as they are")
    elif yes or click.confirm(f"Write {config.NAMES[0]} in this folder?", default=True, err=True):
        scaffold.write_new(config.NAMES[0], scaffold.SETTINGS)
        output.say(f"claimlint: wrote {config.NAMES[0]}; now run  claimlint check .")
    output.say("claimlint: to check every commit, add this to .pre-commit-config.yaml:\n")
    output.emit(scaffold.hook(__version__), None)
    return 0
