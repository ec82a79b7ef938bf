"""Packs one site into a case file: the report, the very records that it quotes, and a manifest by which anybody can check both.

The same dataset gives the same bytes; no clock and no name of a machine goes in.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from claimlint import __version__
from claimlint.batch import html, records, site_files
from claimlint.batch.risk import Risk, assess, formula
from claimlint.batch.site_report import PICTURES, facts_of
from claimlint.batch.site_rows import Dataset, Row, SiteRows
from claimlint.batch.site_view import view, worst_pages
from claimlint.errors import UsageError
from claimlint.model import Rule
from claimlint.reporters.view import dump

MANIFEST = "manifest.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)

_README = """What this file is

A case file of claimlint {version} on the site {site}.

report/index.html      what was found, page by page, with the words in their context
report/findings.csv    every finding, for a spreadsheet
report/findings.sarif  the same for programs
records/               the records that hold the quoted pages, copied byte for byte from the archive
run.json               what the findings depend on: version, digest of rules and evidence, date, options, inputs
risk.json              the site's score and how it was made
manifest.json          size and SHA-256 of every file, and for each page its record and the words quoted from it

How to check it

    claimlint batch verify CASE.zip

That recomputes every digest, opens every record and looks for every quoted word in it. The manifest can't vouch for itself: keep the
SHA-256 of this whole file, which was printed when it was made, somewhere else, and pass it with --sha256.

Without claimlint: records/*.gz are gzip files of WARC records (ISO 28500), and sha256sum checks the files that manifest.json lists.
"""


class Packed(NamedTuple):
    """What was written: its SHA-256, and how much is in it."""

    sha256: str
    pages: int
    quotes: int


def pack(
    dataset: Dataset,
    site: str,
    out: str,
    weights: Mapping[str, Any],
    rules: Mapping[str, Rule],
    sources: str | None = None,
) -> Packed:
    """Writes the case file of a site. RecordError names a page whose record can't be had: then nothing is written."""
    rows = dataset.site(site)
    risk = assess(rows, weights)
    target = Path(out)
    quoted = _quoted(rows)
    with tempfile.TemporaryDirectory(prefix="claimlint-case-") as name:
        folder = Path(name)
        kept = _records(rows, quoted, folder, sources, dataset)
        (folder / "report").mkdir()
        for path, data in _texts(dataset, rows, risk, weights, rules, sources):
            (folder / path).write_bytes(data)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        manifest = {
            "version": 1,
            "tool": {"name": "claimlint", "version": __version__},
            "site": rows.site,
            "run": {
                key: dataset.run.get(key)
                for key in ("claimlint", "rules", "settings", "as_of", "profile", "jurisdiction")
            },
            "files": [
                {
                    "path": path.relative_to(folder).as_posix(),
                    "bytes": path.stat().st_size,
                    "sha256": _digest(path),
                }
                for path in files
            ],
            "pages": kept,
        }
        (folder / MANIFEST).write_bytes(dump(manifest).encode())
        _zip(folder, [*files, folder / MANIFEST], target)
    return Packed(_digest(target), len(kept), sum(len(page["quotes"]) for page in kept))


def _quoted(rows: SiteRows) -> dict[str, list[Row]]:
    """The standing findings of each page, in order."""
    found: dict[str, list[Row]] = {}
    for finding in rows.findings:
        if finding["suppressed"] is None:
            found.setdefault(finding["page_id"], []).append(finding)
    return found


def _records(
    rows: SiteRows, quoted: Mapping[str, list[Row]], folder: Path, sources: str | None, dataset: Dataset
) -> list[dict[str, Any]]:
    """Copies the records of all pages with findings; returns the manifest's entries for them."""
    (folder / "records").mkdir()
    kept = []
    # By archive and place, so that each archive is read from front to back.
    pages = sorted(
        (page for page in rows.pages if page["page_id"] in quoted),
        key=lambda page: (page["source"], page["member"] or "", page["offset"] or 0, page["page_id"]),
    )
    begun: set[tuple[str, str | None]] = set()
    for number, page in enumerate(pages):
        if page["record_id"]:
            with records.opened(page, sources, dataset.folder) as file:
                try:
                    found = records.exchange(file, page)
                    about = records.about(file) if (page["source"], page["member"]) not in begun else []
                except records.RecordError as error:
                    raise records.RecordError(f"{page['url']}: {page['source']}: {error}") from None
            packed = found[0].raw[:2] == b"\x1f\x8b"
            path = folder / "records" / ("records.warc.gz" if packed else "records.warc")
            begun.add((page["source"], page["member"]))
            _append(path, (one.raw for one in about))
            where = _append(path, (one.raw for one in found))
        else:
            path = folder / "records" / f"{number:05d}.{page['format'] or 'bin'}"
            where = _append(path, [records.file_bytes(page, sources, dataset.folder)])
        kept.append(
            {
                "page_id": page["page_id"],
                "url": page["url"],
                "fetched": page["fetched"].isoformat() if page["fetched"] else None,
                "file": f"records/{path.name}",
                "offset": where,
                **{
                    name: page[name]
                    for name in ("record_id", "payload_digest", "sha256", "encoding", "format")
                },
                "from": {"source": page["source"], "member": page["member"], "offset": page["offset"]},
                "quotes": [
                    {
                        name: one[name]
                        for name in ("number", "rule", "severity", "fingerprint", "quote", "start", "end")
                    }
                    for one in quoted[page["page_id"]]
                ],
            }
        )
    return sorted(kept, key=lambda page: (page["url"], page["page_id"]))


def _append(path: Path, pieces: Iterable[bytes]) -> int:
    with path.open("ab") as file:
        start = file.tell()
        for piece in pieces:
            file.write(piece)
    return start


def _texts(
    dataset: Dataset,
    rows: SiteRows,
    risk: Risk,
    weights: Mapping[str, Any],
    rules: Mapping[str, Rule],
    sources: str | None,
) -> list[tuple[str, bytes]]:
    """The files that are made, each with its path."""
    pictures = {}
    for page in worst_pages(rows, weights, PICTURES):
        found = records.picture(page, sources, dataset.folder)
        if found:
            pictures[page["page_id"]] = found
    shown = view(rows, risk, weights, pictures)
    facts = facts_of(dataset.run)
    text = html.page(
        "site.html.j2",
        view=shown,
        formula=formula(weights),
        place=0,
        places=0,
        back="",
        files="",
        facts=facts,
    )
    score = {
        **risk._asdict(),
        "parts": [part._asdict() for part in risk.parts],
        "formula": formula(weights),
        "weights": dict(weights),
    }
    return [
        (
            "README.txt",
            _README.format(version=__version__, site=rows.site).encode("utf-8", "backslashreplace"),
        ),
        ("report/index.html", text),
        ("report/findings.csv", site_files.findings_csv(rows)),
        ("report/findings.sarif", site_files.findings_sarif(rows, rules)),
        ("run.json", (dataset.folder / "run.json").read_bytes()),
        ("risk.json", dump(score).encode()),
    ]


def _zip(folder: Path, files: list[Path], target: Path) -> None:
    """A ZIP file whose bytes depend on the files alone; whole or not there."""
    partial = target.with_name(target.name + ".partial")
    try:
        with zipfile.ZipFile(partial, "w", allowZip64=True) as archive:
            for path in files:
                info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
                info.external_attr = 0o644 << 16
                info.create_system = 3
                info.compress_type = zipfile.ZIP_STORED if path.suffix == ".gz" else zipfile.ZIP_DEFLATED
                with path.open("rb") as file, archive.open(info, "w") as out:
                    shutil.copyfileobj(file, out, 1 << 20)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageError(f"--out {target}: can't be written: {error.strerror or error}") from None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return digest_of(file)


def digest_of(file: BinaryIO) -> str:
    """The SHA-256 of an open file, read in pieces."""
    made = sha256()
    while data := file.read(1 << 20):
        made.update(data)
    return made.hexdigest()
