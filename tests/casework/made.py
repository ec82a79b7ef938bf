"""Datasets made by hand, in the shape of ``claimlint.batch.schema``, with archives that hold what they quote."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from claimlint.batch.schema import SHARDED, TABLES, arrow
from claimlint.crawl import warc

Row = dict[str, Any]
WHEN = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
_ZERO = {"string": "", "bool": False, "double": 0.0}


def filled(table: str, row: Row) -> Row:
    """A row with every column: null where that is allowed, else nothing."""
    out = {}
    for column in TABLES[table]:
        empty = (
            None
            if column.empty is not None
            else _ZERO.get(column.type, [] if column.type.startswith("list") else 0)
        )
        out[column.name] = row.get(column.name, empty)
    assert set(row) <= set(out), sorted(set(row) - set(out))
    return out


def write(folder: Path, tables: dict[str, list[Row]], *, shard: int = 0, sources: Iterable[Row] = ()) -> Path:
    """Writes one shard, and run.json, of a dataset."""
    place = folder / "shards" / f"{shard:05}"
    place.mkdir(parents=True, exist_ok=True)
    for name in SHARDED:
        rows = [filled(name, row) for row in tables.get(name, [])]
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, arrow(name)), place / f"{name}.parquet")
    known = pyarrow.Table.from_pylist([filled("sources", row) for row in sources], arrow("sources"))
    pyarrow.parquet.write_table(known, folder / "sources.parquet")
    run = {
        "schema": 1,
        "claimlint": "0.1.0",
        "rules": "abc123",
        "settings": "def",
        "profile": "regulator",
        "jurisdiction": None,
        "as_of": "2031-05-06",
    }
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    (folder / "summary.json").write_text("{}", encoding="utf-8")
    return folder


def page(site: str, number: int, **more: Any) -> Row:
    """A judged page."""
    key = sha256(f"{site} {number}".encode()).hexdigest()[:20]
    url = f"https://{site}/page-{number}"
    return {
        "page_id": key,
        "site": site,
        "url": url,
        "state": "checked",
        "source": "a.warc.gz",
        "offset": 0,
        "format": "html",
        "encoding": "utf-8",
        **more,
    }


def finding(of: Row, number: int, quote: str, **more: Any) -> Row:
    """A finding on a page."""
    row = {
        "page_id": of["page_id"], "site": of["site"], "url": of["url"], "number": number, "fingerprint": f"{of['page_id']}{number:04}",
        "rule": "core/cure/cure-asserted", "category": "cure", "severity": "error", "confidence": "high",
        "message": f"“{quote}” says that a disease is ended or reversed.", "quote": quote, "sentence": f"We say {quote}.",
        "before": "We say",
        "after": ".", "heading": "Treatments", "scope": "paragraph", "start": 10, "end": 10 + len(quote), "line": 1, "column": 11,
        "why": [{"kind": "effect", "text": "cure"}], "suggestions": ["Take the claim out."],
    }  # fmt: skip
    return {**row, **more}


def signal(of: Row, **more: bool) -> Row:
    """The signals of a page."""
    return {"page_id": of["page_id"], "site": of["site"], "url": of["url"], "speaker": "seller", **more}


def archive(
    path: Path,
    pages: list[Row],
    bodies: list[bytes],
    headers: tuple[tuple[str, str], ...] = (),
    extras: tuple[warc.Extra, ...] = (),
) -> None:
    """Writes the pages into a WARC file and their places into their rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    warc.append(path, warc.info_record("2031-05-06T07:08:09Z", path.name, {"software": "test"}))
    for row, body in zip(pages, bodies, strict=True):
        exchange = warc.Exchange(
            row["url"], "2031-05-06T07:08:09Z", "GET", "/", [("Host", row["site"])], 200, "OK", "HTTP/1.1",
            [("Content-Type", "text/html; charset=utf-8"), *headers], body,
        )  # fmt: skip
        data, record, payload = warc.exchange_records(exchange, {"outcome": "page"}, extras)
        offset, _ = warc.append(path, data)
        row.update(
            record_id=record,
            payload_digest=payload,
            offset=offset,
            source=str(path),
            fetched=WHEN,
            status=200,
        )
        row.setdefault("sha256", sha256(body).hexdigest())
