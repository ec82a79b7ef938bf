"""Writes every generated page and part of the documentation anew, in one go: what to run after rules, records or packages changed.

Each script can be run by itself; this is for whoever doesn't want to know which of them a change concerns.
"""

from __future__ import annotations

import dependencies
import law
import reference
import registry
import tour

if __name__ == "__main__":
    reference.run()
    law.run()
    registry.run()
    dependencies.run()
    tour.run()
