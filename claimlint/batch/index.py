"""Reads a source once from end to end and notes each page: where it is, whose it is, and what its content hashes to.

With that, pages can be judged in any order by anyone, exact copies are known before anything is judged, and a broken archive costs no
more than what is broken.
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from claimlint.batch.archives import Broken, Entry, of_archive, page_id, sized
from claimlint.batch.inputs import PAGES, Source, kind_of, place


class Index(NamedTuple):
    """What one source holds: its pages as Parquet, and its row of ``sources``."""

    parquet: bytes
    row: dict[str, Any]


def arrow() -> Any:
    """The Arrow schema of an index."""
    import pyarrow

    whole = {"source", "offset", "length", "fetched", "status", "bytes"}
    return pyarrow.schema(
        [(name, pyarrow.int64() if name in whole else pyarrow.string()) for name in Entry._fields]
    )


def index(number: int, source: Source, largest: int) -> Index:
    """The index of one source; what goes wrong on the way is its ``problem``, and what was read before that counts."""
    import pyarrow
    import pyarrow.parquet

    tally: Counter[str] = Counter()
    totals = {"records": 0, "pages": 0}
    problem = None
    schema = arrow()
    buffer = io.BytesIO()
    pages = _files if source.pages else of_archive
    with pyarrow.parquet.ParquetWriter(buffer, schema, compression="zstd") as writer:
        rows: list[Entry] = []

        def write() -> None:
            columns = list(zip(*rows, strict=True)) or [()] * len(Entry._fields)
            arrays = [
                pyarrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
            rows.clear()

        try:
            for what in pages(number, source, largest):
                totals["records"] += 1
                if isinstance(what, Entry):
                    totals["pages"] += 1
                    rows.append(what)
                    if len(rows) >= 5_000:
                        write()
                else:
                    tally[what] += 1
        except Broken as error:
            problem = str(error)
        write()
    row = {
        "source": source.name,
        "kind": source.kind,
        "member": source.member,
        "bytes": source.size,
        **totals,
        "skipped": [{"what": what, "records": count} for what, count in sorted(tally.items())],
        "problem": problem,
    }
    return Index(buffer.getvalue(), row)


def _files(number: int, source: Source, largest: int) -> Iterator[Entry | str]:
    """Pages that are files of their own."""
    for url, site, member in source.pages:
        fs, path = place(source, member)
        name = path.rsplit("/", 1)[-1]
        kind = PAGES.get("." + name.rsplit(".", 1)[-1].lower()) if "." in name else None
        digest, size = None, 0
        state: str
        reason: str | None
        try:
            size = int(fs.size(path) or 0)
            data = fs.cat_file(path, 0, min(size, largest + 1)) if size else b""
        except OSError as error:
            state, reason = "failed", f"can't be read: {error.strerror or error}"
        else:
            kind = kind or kind_of(None, data[:1024])
            if kind is None:
                yield "files of no known kind"
                continue
            digest = hashlib.sha256(data).hexdigest()
            state, reason = sized(size, largest)
        yield Entry(
            page_id(source, 0, url, member), site, url, number, member or None, 0, size, None, None, None,
            digest, None, None, None, size, kind, state, reason,
        )  # fmt: skip
