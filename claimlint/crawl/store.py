"""Puts each exchange into its site's WARC file and its outcome into the database, in that order and as one step.

The database knows how long each file is; whatever stands beyond that after a crash was not counted, is cut off, and is
asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from claimlint.crawl import warc
from claimlint.crawl.frontier import Frontier, Outcome, Task, Written


def count(number: int, one: str, more: str) -> str:
    """ "1 page", "2 pages"."""
    return f"{number} {one if number == 1 else more}"


def now() -> str:
    """The time of day as WARC records hold it, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Store:
    """The output folder of a crawl: ``warc/*.warc.gz`` and the database."""

    def __init__(
        self, folder: Path, frontier: Frontier, facts: Mapping[str, str], rotate: int = warc.ROTATE
    ) -> None:
        self.folder, self.frontier, self.facts, self.rotate = folder / "warc", frontier, dict(facts), rotate
        self.folder.mkdir(parents=True, exist_ok=True)
        self.lengths: dict[str, int] = {}
        self.current: dict[str, str] = {}
        self.notes: list[str] = []
        self._mend()

    def record(
        self,
        site: str,
        exchange: warc.Exchange,
        notes: Mapping[str, str],
        resources: Iterable[warc.Extra] = (),
    ) -> Written:
        """Writes one exchange; call it inside a frontier step."""
        data, record, payload = warc.exchange_records(exchange, notes, resources)
        file = self._file(site, len(data))
        offset, length = warc.append(self.folder / file, data)
        self.lengths[file] = length
        self.frontier.file_length(file, site, length)
        return Written(file, offset, length, record, payload)

    def finish(
        self,
        task: Task,
        exchange: warc.Exchange,
        result: Outcome,
        links: Iterable[str] = (),
        *,
        kind: str = "page",
        hop: bool = False,
        resources: Iterable[warc.Extra] = (),
        rendered: str = "",
    ) -> None:
        """Records what came of a task and admits what it leads to, whole or not at all."""
        notes = {
            "via": task.via,
            "hopsFromSeed": str(task.depth),
            "outcome": result.outcome,
            "reason": result.reason,
            "attempt": str(task.attempts + 1),
            "rendered": rendered,
        }
        with self.frontier.step():
            written = self.record(task.site, exchange, notes, resources)
            self.frontier.finish(task, result, exchange.date, written)
            self.frontier.admit(task, links, kind=kind, hop=hop)

    def _file(self, site: str, size: int) -> str:
        """The file that a site's next records go to; a new one begins with its warcinfo record."""
        file = self.current.get(site)
        if file and self.lengths[file] + size <= self.rotate:
            return file
        number = int(file.rsplit("-", 1)[1].split(".")[0]) + 1 if file else 0
        file = f"{file_name(site)}-{number:05d}.warc.gz"
        path = self.folder / file
        _, length = warc.append(path, warc.info_record(now(), file, {**self.facts, "isPartOf": site}))
        self.current[site], self.lengths[file] = file, length
        return file

    def _mend(self) -> None:
        """Brings files and database to the same length again after a crash."""
        for file, site, known in self.frontier.files():
            length, cut = warc.repair(self.folder / file, known)
            if length != known or cut:
                with self.frontier.step():
                    length, lost = self.frontier.forget_from(file, length)
                    self.frontier.file_length(file, site, length)
                    warc.repair(self.folder / file, length)
                self.notes.append(
                    f"warc/{file}: cut back to its last whole record; {count(lost, 'finished address', 'finished addresses')} "
                    "asked for again"
                )
            if length:
                self.lengths[file] = length
                self.current[site] = max(file, self.current.get(site, ""))
        counted = {file for file, _, _ in self.frontier.files()}
        for path in sorted(self.folder.glob("*.warc.gz")):
            if path.name not in counted:  # evidence is never deleted, and never counted twice either
                path.rename(path.with_name(path.name + ".uncounted"))
                self.notes.append(
                    f"warc/{path.name}: no finished address stands in it; kept as {path.name}.uncounted"
                )


def file_name(site: str) -> str:
    """A file name that any system takes; two sites never share one."""
    safe = re.sub(r"[^a-z0-9.-]+", "_", site)[:80]
    return safe if safe == site else f"{safe}.{sha256(site.encode()).hexdigest()[:8]}"


def file_digest(path: Path) -> str:
    """The sha256 of a file, read in pieces."""
    made = sha256()
    with path.open("rb") as file:
        while data := file.read(1 << 20):
            made.update(data)
    return made.hexdigest()
