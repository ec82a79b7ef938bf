"""Gives the whole test run a cache of its own, so that tests neither use nor fill that of the person who runs them."""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest

_MADE = "" if os.environ.get("CLAIMLINT_CACHE_DIR") else tempfile.mkdtemp(prefix="claimlint-tests-")
if _MADE:
    os.environ["CLAIMLINT_CACHE_DIR"] = _MADE  # here and not in a fixture: modules load rules when collected


def pytest_unconfigure(config: pytest.Config) -> None:
    """Removes the cache that was made for this run."""
    if _MADE:
        shutil.rmtree(_MADE, ignore_errors=True)
