"""A crawl of real servers on loopback: what it asks for, what it keeps, and what it says of the rest."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import claimlint

from .site import Answer, Site, html, redirect, serving, set_traps

pytest.importorskip("scrapy")
pytest.importorskip("warcio")

SCHEMA = Draft202012Validator(
    json.loads(
        (Path(claimlint.__file__).parent / "schemas" / "crawl.schema.json").read_text(encoding="utf-8")
    )
)
FAST = ["--delay", "0", "--allow-network", "127.0.0.1/32", "--contact", "https://review.example/crawler"]


def command(out: Path, *options: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "claimlint",
        "crawl",
        str(out.parent / "sites.txt"),
        "--out",
        str(out),
        *options,
    ]


def crawl(out: Path, sites: str, *options: str) -> tuple[int, dict[str, Any], str]:
    """(exit status, crawl.json, standard error) of a whole crawl."""
    (out.parent / "sites.txt").write_text(sites, encoding="utf-8")
    done = subprocess.run(command(out, *options), capture_output=True, text=True, check=False, timeout=120)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.stdout == ""
    made = (
        json.loads((out / "crawl.json").read_text(encoding="utf-8")) if (out / "crawl.json").exists() else {}
    )
    if made:
        SCHEMA.validate(made)
    return done.returncode, made, done.stderr


def records(out: Path) -> list[Any]:
    """(type, address, status, body, headers) of every record, each digest checked."""
    from warcio.archiveiterator import ArchiveIterator

    found = []
    for path in sorted((out / "warc").glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                body = record.raw_stream.read()
                head = record.rec_headers
                status = (
                    record.http_headers.get_statuscode()
                    if record.http_headers and record.rec_type == "response"
                    else ""
                )
                found.append((record.rec_type, head.get_header("WARC-Target-URI"), status, body, head))
                assert record.digest_checker.passed is not False
    return found


def test_a_site_with_traps(tmp_path):
    """Every page is fetched once, no trap ends the crawl, nothing outside is asked for, and each gap has its reason."""
    site = Site(60)
    set_traps(site)
    with serving(site):
        status, made, _ = crawl(
            tmp_path / "out",
            site.base,
            *FAST,
            "--max-seconds",
            "2",
            "--max-bytes",
            "2000000",
            "--attempts",
            "2",
            "--max-alike",
            "4",
        )
    (row,) = made["sites"]
    assert status == 0
    assert row["state"] == "complete"
    expected = {f"/{site.slug(n)}" for n in range(1, 60)}
    assert expected <= set(site.paths())
    assert not [
        path
        for path, times in Counter(site.paths()).items()
        if times > 1 and path not in ("/slow", "/broken")
    ]
    assert site.hosts == {site.name}
    assert not [path for path in site.paths() if path.startswith("/private")]
    assert "/after-charset" in site.paths()
    assert "/only-in-the-map" in site.paths()
    missed = {one["url"].removeprefix(site.base): one["outcome"] for one in row["not_fetched"]}
    assert missed == {
        "/loop/a": "redirect-loop",
        "/loop/b": "redirect-loop",
        "/inward": "redirect-away",
        "/metadata": "redirect-away",
        "/elsewhere": "redirect-away",
        "/slow": "timeout",
        "/broken": "http-error",
        "/bomb": "too-large",
        "/huge": "too-large",
        "/picture": "not-a-page",
        "/private/x": "robots",
    }
    reasons = {one["reason"] for one in row["left_out"]}
    assert {"another site", "too many addresses alike (--max-alike)", "not a page (.mp4)"} <= reasons
    assert site.agents == {"claimlint/0.1.0 (+https://review.example/crawler)"}


def test_the_records_prove_the_page(tmp_path):
    """Request, answer and notes of each exchange stand in the archive, with digests, as they went over the wire."""
    site = Site(3)
    body = "<title>Caf\xe9</title>".encode("latin-1")
    site.routes["/odd"] = Answer(body, headers=(("Content-Type", "text/html"), ("X-Odd", "a: b")))
    with serving(site):
        crawl(tmp_path / "out", site.base, *FAST)
    found = records(tmp_path / "out")
    assert found[0][0] == "warcinfo"
    assert b"http-header-user-agent: claimlint/" in found[0][3]
    odd = {
        kind: (content, head, status)
        for kind, url, status, content, head in found
        if url == f"{site.base}/odd"
    }
    assert odd["response"][0] == body
    assert odd["response"][2] == "200"
    assert odd["response"][1].get_header("WARC-IP-Address") == "127.0.0.1"
    assert odd["response"][1].get_header("WARC-Block-Digest").startswith("sha256:")
    assert odd["metadata"][1].get_header("WARC-Concurrent-To") == odd["response"][1].get_header(
        "WARC-Record-ID"
    )
    assert b"outcome: page" in odd["metadata"][0]
    assert set(odd) == {"request", "response", "metadata"}
    assert [url for kind, url, *_ in found if kind == "response"].count(f"{site.base}/robots.txt") == 1


def test_killed_and_gone_on(tmp_path):
    """Killed three times without warning, a crawl ends with every page recorded exactly once."""
    site = Site(250)
    with serving(site):
        out = tmp_path / "out"
        (tmp_path / "sites.txt").write_text(site.base, encoding="utf-8")
        for target in (40, 90, 160):
            process = subprocess.Popen(command(out, *FAST), stderr=subprocess.DEVNULL)
            limit = time.monotonic() + 60
            while len(site.seen) < target and time.monotonic() < limit:
                time.sleep(0.01)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        status, made, _ = crawl(out, site.base, *FAST)
    assert status == 0
    assert (
        made["outcomes"]["page"] == 251
    )  # the generated ones, less number 0, with the start and the one in the map
    twice = {
        path: times
        for path, times in Counter(site.paths()).items()
        if times > 1 and path not in ("/robots.txt", "/map.xml")
    }
    assert len(twice) <= 6, "no more than was on its way when the process died"
    kept = Counter(url for kind, url, *_ in records(out) if kind == "response")
    pages = {url: times for url, times in kept.items() if not url.endswith("robots.txt")}
    assert set(pages.values()) == {1}
    assert len(pages) == 252  # and the map


def test_a_damaged_archive_is_mended(tmp_path):
    """A file cut in its last records keeps what is whole; only what was lost is asked for again."""
    site = Site(12)
    with serving(site):
        out = tmp_path / "out"
        crawl(out, site.base, *FAST)
        (path,) = (out / "warc").glob("*.gz")
        before = records(out)
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size - 700)
        site.seen.clear()
        status, made, told = crawl(out, site.base, *FAST)
    assert status == 0
    assert "cut back to its last whole record" in told
    assert [path for path in site.paths() if path != "/robots.txt"] != []
    assert len([path for path in site.paths() if path != "/robots.txt"]) <= 3
    assert {url for kind, url, *_ in records(out) if kind == "response"} == {
        url for kind, url, *_ in before if kind == "response"
    }
    assert made["sites"][0]["state"] == "complete"


def test_a_second_run_asks_for_nothing(tmp_path):
    """A finished crawl that is started again leaves server and archive alone."""
    site = Site(8)
    with serving(site):
        out = tmp_path / "out"
        crawl(out, site.base, *FAST)
        site.seen.clear()
        content = {path: path.read_bytes() for path in (out / "warc").iterdir()}
        assert crawl(out, site.base, *FAST)[0] == 0
    assert site.seen == []
    assert content == {path: path.read_bytes() for path in (out / "warc").iterdir()}


def test_private_addresses_are_refused(tmp_path):
    """Without leave, nothing on loopback is connected to, by number, by name or by a disguised number."""
    site = Site(3)
    lines = f"{site.base}\nhttp://localhost:{site.port}\nhttp://2130706433:{site.port}/\nhttp://0x7f.1:{site.port}/\n"
    with serving(site):
        status, made, told = crawl(tmp_path / "out", lines, "--delay", "0", "--attempts", "1")
    assert status == 2
    assert site.seen == []
    assert {one["outcome"] for row in made["sites"] for one in row["not_fetched"]} == {"private-address"}
    assert [row["state"] for row in made["sites"]] == ["nothing-fetched"] * 4
    assert "don't read them as clean" in told


def test_one_network_may_be_allowed(tmp_path):
    """Leave for one address is none for its neighbour."""
    site, other = Site(3), Site(3, host="127.0.0.2")
    with serving(site), serving(other):
        status, made, _ = crawl(tmp_path / "out", f"{site.base}\n{other.base}\n", *FAST)
    assert status == 2
    assert [row["state"] for row in made["sites"]] == ["complete", "nothing-fetched"]
    assert other.seen == []


def test_the_pace_is_kept(tmp_path):
    """Between two requests to a site lies at least the delay, and never two run at once."""
    site = Site(6)
    with serving(site):
        crawl(tmp_path / "out", site.base, "--delay", "0.3", "--allow-network", "127.0.0.0/8")
    times = [at for _, at in site.seen]
    assert len(times) >= 7
    assert min(later - sooner for sooner, later in pairwise(times)) >= 0.27
    assert site.most_at_once == 1


def test_a_crawl_delay_is_kept(tmp_path):
    """What robots.txt asks for is longer than the default here, and holds."""
    site = Site(3, robots="User-agent: claimlint\nCrawl-delay: 0.5\n")
    with serving(site):
        crawl(tmp_path / "out", site.base, *FAST)
    times = [at for path, at in site.seen if path != "/robots.txt"]
    assert min(later - sooner for sooner, later in pairwise(times)) >= 0.45


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(b"no", 503), "robots-unreachable"),
        (Answer(b"no", 404), "page"),
        (redirect("/robots2.txt"), "robots"),
    ],
)
def test_robots_that_fail(tmp_path, answer, outcome):
    """A server error shuts the site, a missing file opens it, a redirect is followed."""
    site = Site(2)
    site.routes = {"/robots.txt": answer, "/robots2.txt": Answer(b"User-agent: *\nDisallow: /\n")}
    with serving(site):
        status, made, _ = crawl(tmp_path / "out", site.base, *FAST, "--attempts", "1")
    assert (status == 2) == (outcome != "page")
    assert outcome in made["outcomes"]
    assert ("/" in site.paths()) == (outcome == "page")


def test_a_robots_file_that_comes_back(tmp_path):
    """A server that is down for a moment loses its site nothing."""
    site = Site(2)
    tries: list[float] = []

    def robots(_: str) -> Answer:
        tries.append(time.monotonic())
        return Answer(b"", 503) if len(tries) < 3 else Answer(b"User-agent: *\nAllow: /\n")

    site.routes["/robots.txt"] = robots
    with serving(site):
        status, made, _ = crawl(tmp_path / "out", site.base, *FAST)
    assert status == 0
    assert made["sites"][0]["state"] == "complete"


def test_a_domain_without_https(tmp_path):
    """A bare name is tried with https, then with http; a server that is not there is unreachable, and said to be."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = Site(3)
    with serving(site):
        status, made, told = crawl(
            tmp_path / "out", f"{site.name}\n127.0.0.1:{port}\n", *FAST, "--attempts", "1"
        )
    assert status == 2
    assert [row["state"] for row in made["sites"]] == ["complete", "nothing-fetched"]
    assert made["sites"][0]["outcomes"]["page"] >= 3
    assert made["sites"][1]["not_fetched"][0]["reason"].startswith("the connection was refused")
    assert f"nothing could be fetched of 127.0.0.1:{port}" in told


def test_limits(tmp_path):
    """Pages and depth are bounded, and what was left out is counted under the option's name."""
    site = Site(200)
    with serving(site):
        _, made, _ = crawl(tmp_path / "a", site.base, *FAST, "--max-pages", "15")
        pages = [path for path in site.paths() if path not in ("/robots.txt", "/map.xml")]
        assert len(pages) == 15
        assert "beyond --max-pages" in {one["reason"] for one in made["sites"][0]["left_out"]}
        site.seen.clear()
        crawl(tmp_path / "b", site.base, *FAST, "--max-depth", "1")
    pages = [path for path in site.paths() if path not in ("/robots.txt", "/map.xml")]
    assert len(pages) == 12  # the start, its ten links and the one in the map


def test_a_failing_server_is_asked_again(tmp_path):
    """An answer that says to come back later is obeyed, and then the page is fetched."""
    site = Site(1)
    tries: list[float] = []

    def busy(_: str) -> Answer:
        tries.append(time.monotonic())
        return Answer(b"", 503, (("Retry-After", "1"),)) if len(tries) < 3 else html("Here", "")

    site.routes["/busy"] = busy
    with serving(site):
        _, made, _ = crawl(tmp_path / "out", site.base, *FAST)
    assert len(tries) == 3
    assert min(later - sooner for sooner, later in pairwise(tries)) >= 1
    assert f"{site.base}/busy" not in {one["url"] for one in made["sites"][0]["not_fetched"]}


def test_interrupted_in_order(tmp_path):
    """Stopped by hand, it says so, exits 2, and leaves what waits for the next run."""
    site = Site(100)
    with serving(site):
        out = tmp_path / "out"
        (tmp_path / "sites.txt").write_text(site.base, encoding="utf-8")
        process = subprocess.Popen(command(out, *FAST), stderr=subprocess.PIPE, text=True)
        while len(site.seen) < 20:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
        assert process.returncode == 2
        assert "stopped early" in told
        made = json.loads((out / "crawl.json").read_text())
        assert made["sites"][0]["state"] == "incomplete"
        assert crawl(out, site.base, *FAST)[1]["sites"][0]["state"] == "complete"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "names no site"),
        ("# only a comment\n", "names no site"),
        ("ok.example\nft p://x\n", "sites.txt:2"),
        ("ftp://a.example\n", "no web site"),
    ],
)
def test_a_bad_list(tmp_path, text, part):
    """A list that can't be used is one message with its place, and nothing is asked for."""
    status, made, told = crawl(tmp_path / "out", text, *FAST)
    assert status == 2
    assert part in told
    assert made == {}


def test_a_bad_network(tmp_path):
    """So is a network that is none."""
    status, _, told = crawl(tmp_path / "out", "a.example", "--allow-network", "lan")
    assert status == 2
    assert "--allow-network: 'lan' is no network" in told


def test_two_crawls_never_share_a_folder(tmp_path):
    """The second is turned away while the first runs."""
    site = Site(50)
    with serving(site):
        out = tmp_path / "out"
        (tmp_path / "sites.txt").write_text(site.base, encoding="utf-8")
        first = subprocess.Popen(command(out, *FAST, "--delay", "0.2"), stderr=subprocess.DEVNULL)
        while len(site.seen) < 3:
            time.sleep(0.02)
        status, _, told = crawl(out, site.base, *FAST)
        first.kill()
        first.wait()
    assert status == 2
    assert "another crawl is writing there" in told


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="needs limits on the size of files")
def test_a_full_disk(tmp_path):
    """When nothing more can be written the crawl says so and ends; what was finished counts, and the rest follows later."""
    import resource

    site = Site(40)
    with serving(site):
        out = tmp_path / "out"
        (tmp_path / "sites.txt").write_text(site.base, encoding="utf-8")

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

        done = subprocess.run(
            command(out, *FAST), capture_output=True, text=True, check=False, timeout=60, preexec_fn=limit
        )
        assert done.returncode == 2
        assert "can't be written" in done.stderr or "can't be used as the record" in done.stderr
        status, made, _ = crawl(out, site.base, *FAST)
    assert status == 0
    assert made["outcomes"]["page"] == 41
    kept = Counter(
        url for kind, url, *_ in records(out) if kind == "response" and not url.endswith("robots.txt")
    )
    assert set(kept.values()) == {1}
