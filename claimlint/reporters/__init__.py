"""Names of the reports and one way to make any of them from a run.

A report's module is imported only when it is asked for, so that a check that prints text never pays
for templates, XML or JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from claimlint.errors import UsageError, did_you_mean
from claimlint.model import Run

REPORTERS: Mapping[str, str] = MappingProxyType(
    {
        "csv": "claimlint.reporters.csv",
        "github": "claimlint.reporters.github",
        "html": "claimlint.reporters.html",
        "json": "claimlint.reporters.json",
        "junit": "claimlint.reporters.junit",
        "markdown": "claimlint.reporters.markdown",
        "sarif": "claimlint.reporters.sarif",
        "text": "claimlint.reporters.text",
    }
)
"""Name of a report -> the module whose ``render(run)`` writes it."""


def render(name: str, run: Run, *, color: bool = False, extra: Mapping[str, str] | None = None) -> str:
    """The report ``name`` of ``run`` as text that always encodes to UTF-8.

    ``extra`` adds reports by plugins (name -> module; they can't replace a built-in one). ``color``
    counts only for a module that says ``USES_COLOR = True``. An unknown name is a UsageError.
    """
    from importlib import import_module

    known = {**(extra or {}), **REPORTERS}
    if name not in known:
        listed = ", ".join(sorted(known))
        raise UsageError(
            f"there is no report format '{name}'{did_you_mean(name, list(known))}; use one of {listed}"
        )
    module = import_module(known[name])
    if getattr(module, "USES_COLOR", False):
        return str(module.render(run, color=color))
    return str(module.render(run))
