"""One page to its rows: read as a browser would show it, judged by the one engine, within limits that end in a row that says so.

A shard is judged page by page in the order of the plan; a block of a site's navigation or footer gives its rows with the first page that
shows it, and is counted on the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from claimlint import readers
from claimlint.batch.content import Undecodable
from claimlint.batch.rows import Rows, add
from claimlint.batch.schema import SHARDED
from claimlint.checking import Engines, Job, defect, judged
from claimlint.config import Settings
from claimlint.errors import ClaimlintError, ReadError
from claimlint.model import Document, Scope
from claimlint.readers.decode import decode_anyhow

_SUFFIX = {"html": ".html", "text": ".txt"}


class Page(NamedTuple):
    """A page to be judged: the columns of ``pages`` that the plan knows, its reader and the charset that HTTP named."""

    known: Mapping[str, Any]
    reader: str | None
    charset: str | None


class Sheet:
    """The rows of a shard as they come; knows the shared blocks of the site that is being judged, and of no other."""

    def __init__(self) -> None:
        self.rows: Rows = {name: [] for name in SHARDED}
        self._site = ""
        self._blocks: dict[str, dict[str, Any]] = {}

    def add(self, page: Rows) -> None:
        """Adds the rows of one page, without those of shared blocks that an earlier page has given."""
        site = page["pages"][0]["site"]
        if site != self._site:
            self._site, self._blocks = site, {}
        known = {row["block"] for row in page["blocks"] if row["block"] in self._blocks}
        for row in page["blocks"]:
            if row["block"] in known:
                self._blocks[row["block"]]["pages"] += 1
            else:
                self._blocks[row["block"]] = row
                self.rows["blocks"].append(row)
        for name in ("pages", "signals", "credibility"):
            self.rows[name] += page[name]
        for name in ("claims", "findings", "provisions"):
            self.rows[name] += [row for row in page[name] if row["block"] not in known]


def judge(page: Page, data: Callable[[], bytes], settings: Settings, job: Job, engines: Engines) -> Rows:
    """The rows of one page; whatever is wrong with the page is its ``reason``."""
    row = {**_EMPTY, **page.known}
    rows: Rows = {name: [] for name in SHARDED}
    rows["pages"].append(row)
    if row["state"] != "checked":
        return rows
    try:
        document = read(page, data(), row)
        path = str(row["url"])
        outcome = judged(document, settings.for_path(path), job, engines, path=path)
        _facts(row, document)
        if outcome.checked is not None:
            add(row, outcome.checked, rows)  # also the English of a page that is mostly in another language
        if outcome.failure is not None:
            row.update(state="not_checked", reason=outcome.failure.reason.removeprefix("not checked: "))
    except ReadError as error:
        row.update(state="failed", reason=error.reason)
    except Undecodable as error:
        row.update(state="failed", reason=str(error))
    except ClaimlintError as error:
        row.update(state="failed", reason=str(error))
    except OSError as error:
        row.update(state="failed", reason=f"can't be read: {error.strerror or error}")
    except Exception as error:
        return {
            **{name: [] for name in SHARDED},
            "pages": [{**row, "state": "failed", "reason": defect(error)}],
        }
    return rows


_EMPTY: Mapping[str, Any] = {
    "encoding": None, "undecodable": 0, "format": None, "lang": None, "title": None, "description": None, "canonical": None,
    "author": None, "date": None, "words": 0, "claims": 0, "findings": 0, "errors": 0, "warnings": 0, "notes": 0,
}  # fmt: skip


def read(page: Page, data: bytes, row: dict[str, Any]) -> Document:
    """The document of a page's content. Raises ReadError."""
    row["format"] = page.reader
    suffix = _SUFFIX.get(page.reader or "html")
    url = str(page.known["url"])
    if suffix is None:
        return readers.read(url, data, name=f"page.{page.reader}")
    text, row["encoding"], row["undecodable"] = decode_anyhow(data, page.charset)
    return readers.reader(suffix)(url, text)


def _facts(row: dict[str, Any], document: Document) -> None:
    meta = document.meta
    for name in ("lang", "title", "description", "canonical", "author", "date"):
        row[name] = meta.get(name) or None
    row["words"] = sum(
        block.text.count(" ") + 1 for block in document.blocks if block.scope is not Scope.CODE
    )


def tables(rows: Rows) -> Iterator[tuple[str, bytes]]:
    """Each table's rows as a Parquet file. The same rows give the same bytes."""
    import io

    import pyarrow
    import pyarrow.parquet

    from claimlint.batch.schema import arrow

    for name in SHARDED:
        schema = arrow(name)
        buffer = io.BytesIO()
        table = pyarrow.Table.from_pylist(rows[name], schema=schema)
        pyarrow.parquet.write_table(table, buffer, compression="zstd")
        yield name, buffer.getvalue()
