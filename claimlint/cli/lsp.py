"""``claimlint lsp``: serves an editor on standard input and output.

The protocol's library is an optional part and is imported only here.
"""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--stdio", is_flag=True, help="Accepted because many editors add it; it is the only way anyhow."
)
@click.option(
    "--profile", type=click.Choice(["team", "reviewer", "regulator"]), help="Whose reading; default team."
)
@click.option("--config", metavar="FILE", help="Use this settings file for every document.")
@click.option("--as-of", metavar="DATE", help="Judge evidence as of this day (2030-12-31); default today.")
def lsp(stdio: bool, profile: str | None, config: str | None, as_of: str | None) -> int:
    """Serve findings to an editor (optional part 'lsp')."""
    from claimlint.errors import MissingExtra
    from claimlint.runner import parse_date
    from claimlint.settings_search import Options

    try:
        from claimlint.lsp.server import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise MissingExtra("claimlint lsp", "lsp") from None
    serve(Options(profile=profile, config=config, as_of=parse_date(as_of) if as_of else None))
    return 0
