"""``claimlint batch``: named here so that asking for it says what is missing.

It needs an optional part; without it the answer is one clear message and exit status 2.
"""

from __future__ import annotations

import click

_ANY = {"ignore_unknown_options": True, "allow_extra_args": True}


def _missing(feature: str, extra: str) -> int:
    from claimlint.errors import MissingExtra

    raise MissingExtra(feature, extra)


@click.command(context_settings=_ANY)
def batch() -> int:
    """Check many sites side by side (optional part 'batch')."""
    return _missing("claimlint batch", "batch")
