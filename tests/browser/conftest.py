"""One way to open a report in the real Chromium that the whole run shares (tests/conftest.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


class Opened:
    """A page with what happened on it: requests beyond the file itself, scripts that ran, errors."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.ran: list[str] = []
        self.errors: list[str] = []
        self.blocked: list[str] = []
        page.on("requestfailed", self._failed)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("dialog", lambda dialog: (self.ran.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _failed(self, request: Any) -> None:
        """Chromium announces a request that the policy forbids, and never sends it."""
        if request.failure == "csp":
            self.blocked.append(request.url)


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """``opened(text, hash="", **context)`` writes a report to a file and opens it in a fresh profile."""
    contexts = []

    def open_(text: str, fragment: str = "", **options: Any) -> Opened:
        path = tmp_path / "report.html"
        path.write_text(text, encoding="utf-8")
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        result = Opened(context.new_page())
        result.page.goto(path.as_uri() + fragment)
        result.requests = [url for url in result.requests if url.split("#")[0] != path.as_uri()]
        return result

    yield open_
    for context in contexts:
        context.close()
