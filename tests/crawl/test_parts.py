"""The parts of a crawl that decide: addresses, scope, names of sites, and archives that were cut."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

pytest.importorskip("scrapy")
pytest.importorskip("warcio")

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.address import IPv4Address, IPv6Address

from claimlint.crawl import scope, warc
from claimlint.crawl.addresses import GuardedResolver, allowed, networks
from claimlint.crawl.sites import key_of, read_sites

PRIVATE = (
    "127.0.0.1 10.0.0.1 172.16.5.4 192.168.1.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 255.255.255.255 192.0.2.1 "
    "::1 :: fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:7f00:1:: "
    "2001:0:4136:e378:8000:63bf:80ff:fffe 2001:db8::1 nonsense"
).split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address):
    """No form of a private, local, reserved or documentation address may be connected to."""
    assert not allowed(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses(address):
    """A public one may."""
    assert allowed(address)


def test_allowed_by_hand():
    """A named network opens itself alone."""
    extra = networks(["10.1.0.0/16"])
    assert allowed("10.1.2.3", extra)
    assert not allowed("10.2.2.3", extra)
    assert not allowed("::1", extra)


class _Names:
    """A resolver that answers from a list of answers, one a question."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    def resolveHostName(self, receiver, name, port=0, types=None, semantics="TCP"):
        receiver.resolutionBegan(self)
        for address in self.answers.pop(0):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return self


class _Got:
    def __init__(self) -> None:
        self.hosts: list[str] = []
        self.complete = False

    def resolutionBegan(self, _):
        pass

    def addressResolved(self, address):
        self.hosts.append(address.host)

    def resolutionComplete(self):
        self.complete = True


def ask(resolver: GuardedResolver) -> list[str]:
    got = _Got()
    resolver.resolveHostName(got, "clinic.example", 80)
    assert got.complete
    return got.hosts


def test_a_name_that_changes_its_answer():
    """What is connected to is what was judged, and each new answer is judged anew (DNS rebinding)."""
    told: list[tuple[str, str]] = []
    names = _Names(["8.8.8.8"], ["127.0.0.1"], ["8.8.4.4", "10.0.0.5"], ["8.8.8.8", "::1"])
    resolver = GuardedResolver(None, names, (), lambda *one: told.append(one))
    assert ask(resolver) == ["8.8.8.8"]
    assert ask(resolver) == []
    assert ask(resolver) == [], "one private address among public ones spoils the answer"
    assert ask(resolver) == []
    assert told == [
        ("clinic.example", "127.0.0.1"),
        ("clinic.example", "10.0.0.5"),
        ("clinic.example", "::1"),
    ]


def test_names_of_sites():
    """A domain, an address, a port and another script each have one key; www. is no other site."""
    text = "Clinic.Example\nhttps://www.clinic.example/en/?a=1 # again\n\n# no\nm\u00fcller.example\n127.0.0.1:8080\nhttp://[::1]:81/\n"
    sites = read_sites(text, "sites.txt")
    assert [site.key for site in sites] == [
        "clinic.example",
        "xn--mller-kva.example",
        "127.0.0.1:8080",
        "[::1]:81",
    ]
    assert [site.bare for site in sites] == [True, True, True, False]
    assert sites[0].start == "https://clinic.example/"
    assert key_of("https://www.clinic.example:443/a") == "clinic.example"
    assert key_of("https://evil-clinic.example/") == "evil-clinic.example"
    assert key_of("https://clinic.example.evil.example/") != "clinic.example"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "http://",
        "http://a b/",
        "http://u:p@clinic.example/",
        "http://clinic.example:99999/",
        "file:///etc/passwd",
        "x" * 3000,
        "http://clinic.example/" + "a" * 2000,
    ],
)
def test_what_is_never_asked_for(url):
    """Schemes, hosts, ports, passwords and lengths that no reader's address has."""
    found = scope.clean(url)
    assert found is None or key_of(found) is None


def test_one_page_has_one_identity():
    """Fragments, the order of a query and marks of a campaign make no new page."""
    assert (
        len(
            {
                scope.identity(f"http://clinic.example/{rest}")
                for rest in ("a?x=1&y=2", "a?y=2&x=1#top", "a?y=2&utm_source=n&x=1&gclid=4")
            }
        )
        == 1
    )
    assert scope.identity("http://clinic.example/a?x=1") != scope.identity("http://clinic.example/a?x=2")


def test_shapes():
    """Addresses that a script counts through share a shape; addresses of words have none."""
    assert scope.shape("http://c.example/cal/2031/04?day=3") == scope.shape(
        "http://c.example/cal/1999/12?day=30"
    )
    assert scope.shape("http://c.example/about/team") == ""


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5), st.integers(0, 400), st.binary(max_size=20))
def test_cut_archives(tmp_path_factory, blocks, cut, noise):
    """Wherever an archive was cut, what is kept is exactly the whole members before the cut."""
    members = [gzip.compress(block) for block in blocks]
    data = b"".join(members)
    kept = data[: max(0, len(data) - cut)] + (noise if not noise.startswith(b"\x1f\x8b") else b"")
    path = Path(tmp_path_factory.mktemp("cut")) / "a.warc.gz"
    path.write_bytes(kept)
    ends = [0]
    for member in members:
        ends.append(ends[-1] + len(member))
    whole = max(end for end in ends if end <= len(data) - cut or end == 0)
    assert warc.whole_length(path) >= whole
    assert kept[: warc.whole_length(path)] == data[: warc.whole_length(path)]


@pytest.mark.parametrize(
    "body",
    [
        b"<a href='/x'>" * 300_000,
        b"<div>" * 500_000,
        b"<a " + b"b " * 1_000_000,
        b"<a href='/" + b"x" * 3_000_000,
    ],
)
def test_links_of_a_hostile_page(body):
    """Nesting, attributes and lengths without end take no more than a moment, and give no more than a few addresses."""
    import time

    from scrapy.http import HtmlResponse

    from claimlint.crawl.pages import links

    start = time.monotonic()
    assert len(links(HtmlResponse("http://clinic.example/", body=body))) <= 1
    assert time.monotonic() - start < 5


def test_what_was_never_counted_is_cut(tmp_path):
    """Bytes beyond the known length go; a file that is as known stays as it is."""
    path = tmp_path / "a.warc.gz"
    first = warc.info_record("2031-01-01T00:00:00Z", "a.warc.gz", {"software": "x"})
    warc.append(path, first)
    warc.append(path, b"half a record")
    assert warc.repair(path, len(first)) == (len(first), len(b"half a record"))
    assert path.read_bytes() == first
    assert warc.repair(path, len(first)) == (len(first), 0)


def test_header_bytes_survive():
    """A header with bytes that are no text, and fields with line breaks, make a record that reads back."""
    import io

    from warcio.archiveiterator import ArchiveIterator

    exchange = warc.Exchange(
        "http://clinic.example/", "2031-01-01T00:00:00Z", "GET", "/", [("Host", "clinic.example")], 200, "OK", "HTTP/1.1",
        [("X-Odd", "caf\xe9"), ("Content-Type", "text/html")], b"\xff\x00body",
    )  # fmt: skip
    data, record, payload = warc.exchange_records(
        exchange, {"reason": "a\r\nb: c"}, [warc.Extra("resource", "urn:x", "image/png", b"png")]
    )
    found = {
        one.rec_type: (one.rec_headers, one.raw_stream.read())
        for one in ArchiveIterator(io.BytesIO(data), check_digests="raise")
    }
    assert found["response"][1] == b"\xff\x00body"
    assert found["response"][0].get_header("WARC-Record-ID") == record
    assert found["response"][0].get_header("WARC-Payload-Digest") == payload
    assert found["metadata"][1] == b"reason: a b: c\r\n"
    assert found["resource"][1] == b"png"
