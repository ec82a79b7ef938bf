"""Rules times one document: the pure heart of the linter, with no file, clock or setting of its own.

Read this first: everything before it prepares a document, everything after it arranges findings.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from claimlint.model import Checked, Document, Signals


class Engine:
    """A compiled rule set and evidence registry, ready to check any number of documents."""

    def __init__(self, ruleset: Any, registry: Any, *, profile: str, as_of: date) -> None:
        self.ruleset = ruleset
        self.registry = registry
        self.profile = profile
        self.as_of = as_of

    def check(self, document: Document) -> Checked:
        """Everything the rules find in ``document``, unfiltered, in order of place."""
        return Checked(document, Signals(), ())
