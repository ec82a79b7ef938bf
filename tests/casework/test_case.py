"""Case files: they hold the very records, are the same each time, and any change to them is named."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("warcio")

from claimlint.cli import main

from . import made

BODY = "<!doctype html><title>Clinic</title><p>Our drops <b>cure\n gout</b> &amp; more, caf\u00e9.</p>"


def case(folder: Path, *options: str) -> Path:
    """A case file of a site of three pages, one of them sent gzipped, one without findings."""
    pages = [made.page("a.example", number) for number in range(3)]
    made.archive(folder / "a.warc.gz", pages[:2], [BODY.encode(), b"<p>Nothing.</p>"])
    packed = gzip.compress(BODY.encode(), mtime=0)
    pages[2]["sha256"] = sha256(BODY.encode()).hexdigest()
    made.archive(folder / "b.warc.gz", pages[2:], [packed], (("Content-Encoding", "gzip"),))
    findings = [made.finding(page, 0, "cure gout") for page in (pages[0], pages[2])]
    made.write(folder / "data", {"pages": pages, "findings": findings})
    out = folder / "case.zip"
    assert main(["batch", "case", str(folder / "data"), "a.example", "--out", str(out), *options]) == 0
    return out


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repack(path: Path, content: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)


def verify(path: Path, capsys, *options: str) -> tuple[int, str]:
    capsys.readouterr()
    status = main(["batch", "verify", str(path), *options])
    return status, capsys.readouterr().err


def test_a_case_holds_the_very_records(tmp_path, capsys):
    """The records of the pages with findings, byte for byte, with request and notes; everything verifies."""
    path = case(tmp_path)
    printed = capsys.readouterr().out.split()[0]
    assert printed == sha256(path.read_bytes()).hexdigest()
    content = members(path)
    assert set(content) == {
        "README.txt", "report/index.html", "report/findings.csv", "report/findings.sarif", "records/records.warc.gz",
        "run.json", "risk.json", "manifest.json",
    }  # fmt: skip
    from warcio.archiveiterator import ArchiveIterator

    kinds = [
        record.rec_type
        for record in ArchiveIterator(io.BytesIO(content["records/records.warc.gz"]), check_digests="raise")
    ]
    assert kinds == ["warcinfo", "response", "request", "metadata"] * 2
    whole = (tmp_path / "a.warc.gz").read_bytes()
    first = json.loads(content["manifest.json"])["pages"][0]
    assert (
        content["records/records.warc.gz"][first["offset"] :][:200] == whole[first["from"]["offset"] :][:200]
    )
    assert verify(path, capsys, "--sha256", printed)[0] == 0
    status, told = verify(path, capsys)
    assert status == 0
    assert "7 files, 2 pages, 2 findings: everything is as the manifest states" in told


def test_the_same_bytes_each_time(tmp_path):
    """Packed twice, the file is the same; no clock goes in."""
    first = case(tmp_path).read_bytes()
    assert (
        main(["batch", "case", str(tmp_path / "data"), "a.example", "--out", str(tmp_path / "again.zip")])
        == 0
    )
    assert (tmp_path / "again.zip").read_bytes() == first


@pytest.mark.parametrize(
    "name",
    [
        "README.txt",
        "report/index.html",
        "report/findings.csv",
        "report/findings.sarif",
        "records/records.warc.gz",
        "run.json",
        "risk.json",
    ],
)
def test_a_changed_file_is_named(tmp_path, capsys, name):
    """One byte changed, one added, or the file gone: the message names it, and the status is 2."""
    path = case(tmp_path)
    content = members(path)
    data = content[name]
    middle = len(data) // 2
    for changed in (data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :], data + b"x", data[:-1]):
        repack(path, {**content, name: changed})
        status, told = verify(path, capsys)
        assert status == 2
        assert f"claimlint: {name}: " in told
    repack(path, {key: value for key, value in content.items() if key != name})
    status, told = verify(path, capsys)
    assert status == 2
    assert f"{name}: is in the manifest and not in the archive" in told


def test_a_file_that_was_slipped_in(tmp_path, capsys):
    """So is one that the manifest does not know."""
    path = case(tmp_path)
    repack(path, {**members(path), "report/../../evil.html": b"x"})
    status, told = verify(path, capsys)
    assert status == 2
    assert "evil.html: is not in the manifest" in told
    assert list(tmp_path.rglob("evil.html")) == []


def forged(path: Path, change, name: str = "records/records.warc.gz", data: bytes | None = None) -> None:
    """Changes the manifest, and a file with its digest, as somebody would who knows how it is made."""
    content = members(path)
    manifest = json.loads(content["manifest.json"])
    change(manifest)
    if data is not None:
        content[name] = data
        for one in manifest["files"]:
            if one["path"] == name:
                one.update(bytes=len(data), sha256=sha256(data).hexdigest())
    repack(path, {**content, "manifest.json": json.dumps(manifest).encode()})


def test_words_that_the_page_never_said(tmp_path, capsys):
    """A quotation that does not stand in its record is found even where all digests were made to fit."""
    path = case(tmp_path)

    def change(manifest):
        manifest["pages"][0]["quotes"][0]["quote"] = "cure cancer"

    forged(path, change)
    status, told = verify(path, capsys)
    assert status == 2
    assert "https://a.example/page-0: the words 'cure cancer'" in told


def test_a_record_that_was_rewritten(tmp_path, capsys):
    """A record with other words fails its own digest, and what was judged is not what it holds."""
    path = case(tmp_path)
    packed = members(path)["records/records.warc.gz"]
    plain = gzip.decompress(packed)
    rewritten = plain.replace(b"Our drops", b"All drops", 1)
    assert rewritten != plain
    offset = json.loads(members(path)["manifest.json"])["pages"][0]["offset"]
    start = len(gzip.decompress(packed[:offset]))
    rewritten = plain[:start] + rewritten[start:]
    cut = rewritten.index(b"WARC/1.1\r\n", start + 10)
    forged(
        path,
        lambda manifest: None,
        data=packed[:offset]
        + gzip.compress(rewritten[start:cut], mtime=0)
        + gzip.compress(rewritten[cut:], mtime=0),
    )
    status, told = verify(path, capsys)
    assert status == 2
    assert "its block does not match its digest" in told
    assert "what its record holds is not what was judged" in told


def test_another_record_in_its_place(tmp_path, capsys):
    """A page's record is known by its id and its address."""
    path = case(tmp_path)

    def change(manifest):
        manifest["pages"][0]["offset"], manifest["pages"][1]["offset"] = (
            manifest["pages"][1]["offset"],
            manifest["pages"][0]["offset"],
        )

    forged(path, change)
    status, told = verify(path, capsys)
    assert status == 2
    assert told.count("another record stands where") == 2


def test_the_whole_files_digest(tmp_path, capsys):
    """Somebody who changes the manifest as well is caught by the digest that was kept apart."""
    path = case(tmp_path)
    kept = sha256(path.read_bytes()).hexdigest()
    forged(path, lambda manifest: manifest["run"].update(as_of="1999-01-01"))
    assert verify(path, capsys)[0] == 0
    status, told = verify(path, capsys, "--sha256", kept)
    assert status == 2
    assert "does not have the SHA-256" in told


@pytest.mark.parametrize("data", [b"", b"PK no", b"plain text"])
def test_no_case_file(tmp_path, capsys, data):
    """What is no case file is one message."""
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    status, told = verify(path, capsys)
    assert status == 2
    assert "is no case file" in told


def test_a_manifest_that_is_none(tmp_path, capsys):
    """Nor does a manifest of another make crash anything."""
    path = tmp_path / "x.zip"
    for text in (b"[]", b"{}", b'{"version": 1, "files": [], "pages": [{}]}', b"\xff"):
        repack(path, {"manifest.json": text})
        status, told = verify(path, capsys)
        assert status == 2
        assert "manifest.json is not as claimlint writes it" in told


def test_archives_that_are_gone(tmp_path, capsys):
    """Without the records there is no case file; --sources says where they went."""
    case(tmp_path)
    (tmp_path / "case.zip").unlink()
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in ("a.warc.gz", "b.warc.gz"):
        (tmp_path / name).rename(moved / name)
    command = ["batch", "case", str(tmp_path / "data"), "a.example", "--out", str(tmp_path / "case.zip")]
    capsys.readouterr()
    assert main(command) == 2
    assert "the archive is not there; name the folder that holds it with --sources" in capsys.readouterr().err
    assert not (tmp_path / "case.zip").exists()
    assert main([*command, "--sources", str(moved)]) == 0
    assert verify(tmp_path / "case.zip", capsys)[0] == 0


def test_a_site_that_is_not_there(tmp_path, capsys):
    """A misspelt site is named with the nearest that exists."""
    case(tmp_path)
    assert main(["batch", "case", str(tmp_path / "data"), "a.exampel", "--out", str(tmp_path / "x.zip")]) == 2
    assert "did you mean 'a.example'?" in capsys.readouterr().err


@pytest.mark.parametrize("how", ["plain", "wacz", "folder"])
def test_records_from_other_places(tmp_path, capsys, how):
    """A WARC file that is not packed, one inside a WACZ, and a page in a folder make case files that verify."""
    page = made.page("a.example", 0)
    made.archive(tmp_path / "a.warc.gz", [page], [BODY.encode()])
    if how == "plain":
        packed = (tmp_path / "a.warc.gz").read_bytes()
        before = len(gzip.decompress(packed[: page["offset"]]))
        (tmp_path / "a.warc").write_bytes(gzip.decompress(packed))
        page.update(source=str(tmp_path / "a.warc"), offset=before)
    elif how == "wacz":
        with zipfile.ZipFile(tmp_path / "a.wacz", "w") as archive:
            archive.write(tmp_path / "a.warc.gz", "archive/a.warc.gz")
        page.update(source=str(tmp_path / "a.wacz"), member="archive/a.warc.gz")
    else:
        (tmp_path / "pages").mkdir()
        (tmp_path / "pages" / "p.html").write_text(BODY, encoding="utf-8")
        page.update(
            source=str(tmp_path / "pages"), member="p.html", record_id=None, payload_digest=None, url="p.html"
        )
    made.write(tmp_path / "data", {"pages": [page], "findings": [made.finding(page, 0, "cure gout")]})
    path = tmp_path / "case.zip"
    assert main(["batch", "case", str(tmp_path / "data"), "a.example", "--out", str(path)]) == 0
    status, told = verify(path, capsys)
    assert status == 0, told


def test_an_archive_that_was_changed(tmp_path, capsys):
    """Where another record stands at the place that the dataset knows, no case file is made."""
    page = made.page("a.example", 0)
    made.archive(tmp_path / "a.warc.gz", [page], [BODY.encode()])
    made.write(tmp_path / "data", {"pages": [page], "findings": [made.finding(page, 0, "cure gout")]})
    other = made.page("a.example", 0)
    (tmp_path / "a.warc.gz").unlink()
    made.archive(tmp_path / "a.warc.gz", [other], [BODY.encode()])
    assert (
        main(["batch", "case", str(tmp_path / "data"), "a.example", "--out", str(tmp_path / "case.zip")]) == 2
    )
    assert " at byte " in capsys.readouterr().err
    assert not (tmp_path / "case.zip").exists()
