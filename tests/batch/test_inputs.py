"""Whatever pages come in, they are found, told apart from what is no page, and read as a browser would."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimlint.batch.index import content, index
from claimlint.batch.inputs import kind_of, opened, site_of, sources
from claimlint.errors import UsageError
from tests.batch import archives

WORDS = "Our drops relieve migraine."
LARGEST = 100_000


def indexed(*names: object, lists: tuple[str, ...] = (), largest: int = LARGEST):
    """The pages of all sources, and the rows about the sources."""
    pages, rows = [], []
    for number, source in enumerate(sources([str(name) for name in names], lists)):
        made = index(number, source, largest)
        pages += pyarrow.parquet.read_table(io.BytesIO(made.parquet)).to_pylist()
        rows.append(made.row)
    return pages, rows


def three(packed: bool = True) -> list[bytes]:
    return [
        archives.response(
            f"https://www.Shop-1.example:443/{number}",
            archives.page(f"{WORDS} {number}"),
            number=number,
            packed=packed,
        )
        for number in range(3)
    ]


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc_gives_its_pages_with_the_place_of_each_record(tmp_path: Path, packed: bool) -> None:
    """Packed or not, each page's record stands where the index says, whole."""
    records = three(packed)
    path = archives.warc(tmp_path / ("a.warc.gz" if packed else "a.warc"), records)
    pages, (row,) = indexed(path)
    assert [(page["site"], page["state"], page["status"]) for page in pages] == [
        ("shop-1.example", "checked", 200)
    ] * 3
    data = path.read_bytes()
    for page, record in zip(pages, records, strict=True):
        piece = data[page["offset"] : page["offset"] + page["length"]]
        assert piece == record
        assert WORDS in content(piece, LARGEST).decode()
    assert row["problem"] is None
    assert row["records"] == row["pages"] == 3


def test_a_wacz_is_read_in_place(tmp_path: Path) -> None:
    """The archives in a WACZ give the same pages as they do outside, each naming the archive that it is in."""
    path = archives.wacz(
        tmp_path / "a.wacz", {"one.warc.gz": b"".join(three()), "two.warc": three(packed=False)[0]}
    )
    pages, rows = indexed(path)
    assert [(page["member"], page["url"][-1]) for page in pages] == [
        ("archive/one.warc.gz", "0"), ("archive/one.warc.gz", "1"), ("archive/one.warc.gz", "2"), ("archive/two.warc", "0"),
    ]  # fmt: skip
    assert [row["problem"] for row in rows] == [None, None]
    (first, _) = sources([str(path)])
    with opened(first) as file:
        assert file.read(2) == b"\x1f\x8b"


def test_a_wacz_that_packs_its_archives_again_is_refused_with_the_next_step(tmp_path: Path) -> None:
    """Records in it can't be found again."""
    path = archives.wacz(tmp_path / "a.wacz", {"one.warc.gz": b"".join(three())}, zipfile.ZIP_DEFLATED)
    with pytest.raises(UsageError, match="unpack the WACZ"):
        sources([str(path)])


def test_a_wet_file_gives_plain_text(tmp_path: Path) -> None:
    """Common Crawl's text records are pages to be read as text."""
    path = archives.warc(tmp_path / "a.warc.wet.gz", [archives.conversion("https://shop.example/a", WORDS)])
    pages, (row,) = indexed(path)
    assert [(page["reader"], page["site"], page["state"]) for page in pages] == [
        ("text", "shop.example", "checked")
    ]
    assert row["kind"] == "wet"


def test_a_folder_gives_pages_by_site_and_the_archives_in_it(tmp_path: Path) -> None:
    """The first folder is the site; hidden files and links are left alone; what has no suffix is looked at."""
    site = tmp_path / "in" / "www.shop.example"
    site.mkdir(parents=True)
    (site / "a.html").write_text(archives.page(WORDS))
    (site / "about").write_text(archives.page(WORDS))
    (site / "LICENCE").write_text("no page")
    (site / "style.css").write_text("p {}")
    (site / ".hidden.html").write_text(archives.page(WORDS))
    (site / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "top.txt").write_text(WORDS)
    archives.warc(tmp_path / "in" / "z.warc.gz", three())
    pages, rows = indexed(tmp_path / "in")
    assert [(page["site"], page["url"]) for page in pages if page["source"] == 1] == [
        ("in", "top.txt"), ("shop.example", "www.shop.example/a.html"), ("shop.example", "www.shop.example/about"),
    ]  # fmt: skip
    assert [row["kind"] for row in rows] == ["warc", "folder"]
    assert rows[1]["skipped"] == [{"what": "files of no known kind", "records": 1}]


def test_a_list_names_pages_with_their_addresses(tmp_path: Path) -> None:
    """A line is address, tab and file, or a file alone, as seen from the list."""
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "1.html").write_text(archives.page(WORDS))
    (tmp_path / "list.tsv").write_text(
        "# saved by hand\nhttps://www.shop.example/a\tsaved/1.html\nsaved/1.html\n\nhttps://b.example/\tgone.html\n"
    )
    pages, _ = indexed(lists=(str(tmp_path / "list.tsv"),))
    assert [(page["site"], page["url"], page["state"]) for page in pages] == [
        ("shop.example", "https://www.shop.example/a", "checked"), ("saved", "saved/1.html", "checked"), ("b.example", "https://b.example/", "failed"),
    ]  # fmt: skip
    assert "no such file" in pages[2]["reason"].lower()


@pytest.mark.parametrize("scheme", ["file://", "local://"])
def test_an_fsspec_address_is_read_like_a_path(tmp_path: Path, scheme: str) -> None:
    """The address decides the file system."""
    path = archives.warc(tmp_path / "a.warc.gz", three())
    pages, _ = indexed(f"{scheme}{path}")
    assert len(pages) == 3


def test_what_can_not_be_an_input_is_said_with_the_next_step(tmp_path: Path) -> None:
    """Nothing is passed over in silence."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.tsv").write_text("x")
    (tmp_path / "bad.wacz").write_bytes(b"PK\x03\x04 no")
    (tmp_path / "bad.lst").write_text("no address\tx.html\n")
    for name, said in (
        ("gone.warc", "no such file"), ("empty", "no archive and no page"), ("a.tsv", "--list"), ("bad.wacz", "no whole WACZ"),
        ("nope://x/a.warc", "can't be opened"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=said):
            sources([name if "://" in name else str(tmp_path / name)])
    with pytest.raises(UsageError, match=r"bad\.lst:1: write the page's address"):
        sources([], [str(tmp_path / "bad.lst")])
    with pytest.raises(UsageError, match="nothing to read"):
        sources([])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), packed=st.booleans())
def test_an_archive_that_breaks_off_keeps_what_stands_before(
    tmp_path: Path, data: st.DataObject, packed: bool
) -> None:
    """Cut at any byte, the whole records before it are pages and the rest is a problem that says where."""
    records = three(packed)
    whole = b"".join(records)
    cut = data.draw(st.integers(1, len(whole) - 5))
    path = archives.warc(tmp_path / ("a.warc.gz" if packed else "a.warc"), [whole[:cut]])
    ends = [sum(map(len, records[: n + 1])) for n in range(3)]
    # The two line ends behind an unpacked record are no part of its content.
    kept = sum(end - (0 if packed else 4) <= cut for end in ends)
    pages, (row,) = indexed(path)
    assert len(pages) == kept
    exact = cut in ends or (not packed and cut in [end - 4 for end in ends])
    assert (row["problem"] is None) == exact


def test_a_record_damaged_in_the_middle_ends_the_archive_with_its_place(tmp_path: Path) -> None:
    """What stands before the damage is read."""
    records = three()
    records[1] = records[1][:60] + b"\xff\x00\xff" + records[1][63:]
    pages, (row,) = indexed(archives.warc(tmp_path / "a.warc.gz", records))
    assert len(pages) == 1
    assert f"beyond byte {len(records[0]):,}" in row["problem"]


def test_records_packed_together_are_a_problem_with_the_next_step(tmp_path: Path) -> None:
    """They could not be found again one by one."""
    whole = gzip.compress(b"".join(three(packed=False)))
    pages, (row,) = indexed(archives.warc(tmp_path / "a.warc.gz", [whole]))
    assert pages == []
    assert "warcio recompress" in row["problem"]


@pytest.mark.parametrize("data", [b"", b"hello", b"<html>" * 100])
def test_what_is_no_archive_is_a_problem(tmp_path: Path, data: bytes) -> None:
    """A name that ends in .warc makes no archive."""
    pages, (row,) = indexed(archives.warc(tmp_path / "a.warc", [data]))
    assert pages == []
    assert row["problem"]


def test_what_is_no_page_is_counted_by_kind(tmp_path: Path) -> None:
    """Pictures, styles and redirects are no pages; a page without a content type is."""
    records = [
        archives.response("https://a.example/1", archives.page(WORDS), kind=None),
        archives.response("https://a.example/2", b"\x89PNG" * 10, kind="image/png"),
        archives.response("https://a.example/3", "p {}", kind="text/css"),
        archives.response(
            "https://a.example/4", "", status="301 Moved", kind=None, headers=[("Location", "/")]
        ),
        archives.response("https://a.example/5", archives.page(WORDS), status="404 Not Found"),
        archives.response("https://a.example/6", "%PDF-1.7 x", kind="application/octet-stream"),
    ]
    pages, (row,) = indexed(archives.warc(tmp_path / "a.warc.gz", records))
    assert [(page["url"][-1], page["reader"], page["state"]) for page in pages] == [
        ("1", "html", "checked"), ("5", "html", "not_checked"), ("6", "pdf", "checked"),
    ]  # fmt: skip
    assert pages[1]["reason"] == "HTTP status 404"
    assert {one["what"]: one["records"] for one in row["skipped"]} == {
        "image/png": 1,
        "text/css": 1,
        "redirects": 1,
    }


def test_content_is_unpacked_as_http_says_or_as_it_is(tmp_path: Path) -> None:
    """Recorders differ in whether they keep the encoding; the same page comes out, once."""
    import brotli

    plain = archives.page(WORDS).encode()
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(plain), plain)
    ways = [
        (plain, []), (gzip.compress(plain), [("Content-Encoding", "gzip")]), (brotli.compress(plain), [("Content-Encoding", "br")]),
        (chunked, [("Transfer-Encoding", "chunked")]), (plain, [("Content-Encoding", "gzip")]), (plain, [("Transfer-Encoding", "chunked")]),
    ]  # fmt: skip
    records = [
        archives.response(f"https://a.example/{n}", body, headers=headers)
        for n, (body, headers) in enumerate(ways)
    ]
    path = archives.warc(tmp_path / "a.warc.gz", records)
    pages, _ = indexed(path)
    assert len({page["sha256"] for page in pages}) == 1
    assert [page["bytes"] for page in pages] == [len(plain)] * len(ways)
    data = path.read_bytes()
    for page in pages:
        assert content(data[page["offset"] : page["offset"] + page["length"]], LARGEST) == plain


def test_a_bomb_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    """A small record that unpacks to more than the limit is a row that says so."""
    bomb = gzip.compress(b"<html>" + b"a" * 50_000_000)
    records = [
        archives.response("https://a.example/bomb", bomb, headers=[("Content-Encoding", "gzip")]),
        *three(),
    ]
    pages, (row,) = indexed(archives.warc(tmp_path / "a.warc.gz", records))
    assert [page["state"] for page in pages] == ["failed", "checked", "checked", "checked"]
    assert "too large" in pages[0]["reason"]
    assert pages[0]["bytes"] == LARGEST + 1
    assert row["problem"] is None


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.Shop.example:8443/a?b#c", "shop.example"), ("http://shop.example./", "shop.example"), ("http://[::1]/", "::1"),
        ("urn:x", ""), ("https://[bad/", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_site_is_the_host(url: str, site: str) -> None:
    """In lower case, without www and port; nothing where there is none."""
    assert site_of(url) == site


def test_the_kind_is_what_is_recorded_and_else_what_is_seen() -> None:
    """A picture that looks like HTML stays a picture."""
    assert kind_of("image/png", b"<html>") is None
    assert kind_of("text/html;charset=utf-8", b"") == "html"
    assert kind_of(None, b"  <!-- x --> <!DOCTYPE html>") == "html"
    assert kind_of("", b"%PDF-") == "pdf"
    assert kind_of(None, b"hello") is None
