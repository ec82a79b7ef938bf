"""Crawls a site of 5,000 pages with every trap, on loopback, kills the crawl once on the way, and says what came of it.

    python bench/long/crawl.py [--pages 5000] [--delay 0]

Beside the site runs a second server that pages link and redirect to: a single request to it is a failure.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.crawl.site import Site, html, redirect, serving, set_traps  # noqa: E402

OPTIONS = "--allow-network 127.0.0.1/32 --max-pages 6000 --max-depth 80 --max-alike 50 --max-seconds 2 --max-bytes 2000000 --attempts 2"


def main() -> int:
    """Prints a table; exit status 1 where something is not as it must be."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--delay", type=float, default=0.0)
    asked = parser.parse_args()
    site, outside = Site(asked.pages), Site(1, host="127.0.0.2")
    set_traps(site)
    site.routes["/outside"] = html("Outside", f'<a href="{outside.base}/">out</a>')
    site.routes["/sent-outside"] = redirect(outside.base + "/")
    with tempfile.TemporaryDirectory(prefix="claimlint-crawl-") as name, serving(site), serving(outside):
        folder = Path(name)
        (folder / "sites.txt").write_text(site.base, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "claimlint",
            "crawl",
            str(folder / "sites.txt"),
            "--out",
            str(folder / "out"),
        ]
        command += [*OPTIONS.split(), "--delay", str(asked.delay), "--contact", "bench@claimlint.example"]
        start = time.perf_counter()
        killed = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=ROOT)
        while len(site.seen) < asked.pages // 3:
            time.sleep(0.05)
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
        status = subprocess.run(command, stderr=subprocess.DEVNULL, check=False, cwd=ROOT).returncode
        seconds = time.perf_counter() - start
        made = json.loads((folder / "out" / "crawl.json").read_text(encoding="utf-8"))
        checked = subprocess.run(
            [sys.executable, "-m", "warcio.cli", "check", *map(str, (folder / "out" / "warc").iterdir())],
            capture_output=True,
            check=False,
        )
        size = sum(path.stat().st_size for path in (folder / "out" / "warc").iterdir())
    (row,) = made["sites"]
    times = Counter(path for path, _ in site.seen)
    again = [
        path
        for path, count in times.items()
        if count > 1 and path not in ("/robots.txt", "/map.xml", "/slow", "/broken")
    ]
    forbidden = [path for path in times if path.startswith("/private")]
    generated = sum(f"/{site.slug(number)}" in times for number in range(1, asked.pages))
    figures = {
        "pages fetched": row["outcomes"]["page"],
        "generated pages asked for": f"{generated} of {asked.pages - 1}",
        "requests": len(site.seen),
        "seconds": round(seconds, 1),
        "requests a second": round(len(site.seen) / seconds, 1),
        "peak memory MB": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "WARC MB": round(size / 1e6, 1),
        "asked for twice (killed once)": len(again),
        "forbidden by robots.txt, yet asked for": len(forbidden),
        "requests outside the site": len(outside.seen) + len(site.hosts - {site.name}),
        "every WARC digest holds": checked.returncode == 0,
        "outcomes": row["outcomes"],
        "left out": {one["reason"]: one["links"] for one in row["left_out"]},
    }
    for name_, value in figures.items():
        print(f"| {name_} | {value} |")
    good = status == 0 and row["state"] == "complete" and generated == asked.pages - 1 and len(again) <= 2
    good = (
        good and not forbidden and not outside.seen and site.hosts == {site.name} and checked.returncode == 0
    )
    print("as it must be" if good else "NOT as it must be")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
