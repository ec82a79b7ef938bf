"""Rendering: what scripts write and how it looks is kept, and the browser reaches nothing that the crawler would not."""

from __future__ import annotations

import os
import shutil

import pytest

pytest.importorskip("scrapy")
pytest.importorskip("playwright")

from tests.conftest import BROWSERS, missing

from .site import Answer, Site, html, serving
from .test_crawl import FAST, crawl, records

pytestmark = pytest.mark.browser

PAGE = """
<link rel="stylesheet" href="/style.css">
<script src="/app.js"></script>
<script>
  fetch("{outside}/leak");
  fetch("/private/data");
  fetch("/form", {{method: "POST", body: "x"}});
  new Image().src = "{outside}/pixel.png";
  new WebSocket("{socket}/ws");
  navigator.sendBeacon("{outside}/beacon");
  try {{ new RTCPeerConnection(); }} catch (error) {{}}
</script>
<iframe src="{outside}/frame"></iframe>
<meta http-equiv="refresh" content="1;url={outside}/refresh">
"""


@pytest.fixture
def chromium() -> None:
    if not (os.environ.get("CLAIMLINT_BROWSER") or any(shutil.which(name) for name in BROWSERS)):
        missing("no Chromium is installed")


@pytest.mark.usefixtures("chromium")
def test_a_page_that_a_script_writes(tmp_path):
    """The rendered text and a picture stand beside the answer; off-site, forbidden and sending requests never leave."""
    site, outside = Site(2), Site(2, host="127.0.0.2")
    site.routes["/scripted"] = html(
        "Scripted", PAGE.format(outside=outside.base, socket=outside.base.replace("http", "ws"))
    )
    site.routes["/app.js"] = Answer(
        b"addEventListener('load', () => { document.title = 'Changed'; document.body.append('Written by a script'); alert(1); });",
        headers=(("Content-Type", "text/javascript"),),
    )
    site.routes["/style.css"] = Answer(b"body { background: teal }", headers=(("Content-Type", "text/css"),))
    site.routes["/cafe"] = Answer(
        "<p>caf\u00e9".encode(), headers=(("Content-Type", "text/html; charset=utf-8"),)
    )
    site.routes["/hangs"] = html("Hangs", "<script>for (;;) {}</script>")
    with serving(site), serving(outside):
        status, made, told = crawl(tmp_path / "out", site.base, *FAST, "--render", "--max-seconds", "3")
    assert status == 0, told
    assert outside.seen == []
    assert "/form" not in site.paths()
    assert not [path for path in site.paths() if path.startswith("/private")]
    found = records(tmp_path / "out")
    of = {
        url: (kind, content, head) for kind, url, _, content, head in found if url and url.startswith("urn:")
    }
    kind, text, head = of[f"urn:claimlint:rendered:{site.base}/scripted"]
    assert kind == "metadata"
    assert b"Written by a script" in text
    kind, picture, head = of[f"urn:claimlint:screenshot:{site.base}/scripted"]
    assert picture[:3] == b"\xff\xd8\xff"
    answer = next(
        head for kind, url, _, _, head in found if kind == "response" and url == f"{site.base}/scripted"
    )
    cafe = of[f"urn:claimlint:rendered:{site.base}/cafe"][1].decode()
    assert "caf\u00e9" in cafe, "the charset of the answer holds in the browser too"
    assert head.get_header("WARC-Concurrent-To") == answer.get_header("WARC-Record-ID")
    notes = [
        content for kind, url, _, content, _ in found if kind == "metadata" and url == f"{site.base}/app.js"
    ]
    assert notes
    assert all(
        f"fetched for the rendering of {site.base}/scripted".encode() in note
        or b"outcome: not-a-page" in note
        for note in notes
    )
    hangs = next(
        content for kind, url, _, content, _ in found if kind == "metadata" and url == f"{site.base}/hangs"
    )
    assert b"outcome: page" in hangs
    assert b"rendered: failed" in hangs
    assert made["outcomes"]["page"] >= 4


def test_without_a_browser(tmp_path, monkeypatch):
    """A browser that can't be started is one message before anything is asked for."""
    monkeypatch.setenv("CLAIMLINT_BROWSER", str(tmp_path / "none"))
    status, made, told = crawl(tmp_path / "out", "clinic.example", "--render")
    assert status == 2
    assert made == {}
    assert "--render: Chromium can't be started" in told
