"""Gives the whole test run a cache of its own, so that tests neither use nor fill that of the person who runs them.

It also starts the one Chromium of each process. Where none can be had its tests are skipped with the reason; with
CLAIMLINT_REQUIRE_BROWSER set, as in CI, a missing browser is a failure instead.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest

if not os.environ.get("CLAIMLINT_CACHE_DIR"):
    _made = tempfile.mkdtemp(prefix="claimlint-tests-")
    os.environ["CLAIMLINT_CACHE_DIR"] = _made  # here and not in a fixture: modules load rules when collected
    atexit.register(shutil.rmtree, _made, ignore_errors=True)

gc.set_threshold(200_000, 20, 50)  # as the command does: what the suite has loaded is never thrown away

os.environ.pop("GITHUB_ACTIONS", None)  # there the default report is another

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


def missing(reason: str) -> None:
    """Skips the test, or fails it where a browser is required."""
    if os.environ.get("CLAIMLINT_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium, started once."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed")
    named = os.environ.get("CLAIMLINT_BROWSER")
    path = named or next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        missing(f"none of {', '.join(BROWSERS)} is installed, and CLAIMLINT_BROWSER names none")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield started
        started.close()
