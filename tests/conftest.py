"""Gives the whole test run a cache of its own, so that tests neither use nor fill that of the person who runs them."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if not os.environ.get("CLAIMLINT_CACHE_DIR"):
    _made = tempfile.mkdtemp(prefix="claimlint-tests-")
    os.environ["CLAIMLINT_CACHE_DIR"] = _made  # here and not in a fixture: modules load rules when collected
    atexit.register(shutil.rmtree, _made, ignore_errors=True)

os.environ.pop("GITHUB_ACTIONS", None)  # there the default report is another
