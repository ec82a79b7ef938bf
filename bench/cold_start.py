"""How long one cold run takes, against what Python and the libraries cost by themselves.

Each command is run in turn, many times over, so that a machine that drifts slows all of them alike.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PARAGRAPHS = """
Our clinic in Exampleville was opened in 2011 by two nurses and a pharmacist. Visits start with a talk about
what you hope for, and what a laser can and cannot do for your skin.

Some people notice less redness after a few weeks; others see no change. Please ask your doctor before you
stop any medicine, and tell us about allergies.

Knee pain has many causes, and an X-ray does not always show them. Dr. Ima Madeup examines the joint,
watches you walk and looks at your shoes before she suggests anything.

Prices are listed at the desk and on our site. Parking is free for the first two hours, the lift goes to the
third floor, and every room has a chair for a companion.

Sleep, diet and exercise are discussed at every visit. If you keep a diary, bring it: a week of notes tells
us more than a blood test, says our dietitian.

Side effects of the injection include bruising, a sore arm and, rarely, an infection. We hand out a leaflet
about them and ring you on the next day.

Many of our visitors are over sixty. They come for their hands, their hips or their backs, and most of them
come twice a year.

An infusion takes about forty minutes. You can read, listen to music or doze; a nurse stays in the room and
checks your blood pressure every ten minutes.

Migraine runs in families. It can start in childhood, come back with stress, and leave again without any
reason that we know of.

The library holds books on arthritis, asthma, eczema and anxiety. Nobody minds if you borrow one and bring
it back a year later.
""".strip().split("\n\n")
CLAIMS = """
This serum cures eczema.
Our Lumora drip relieves migraine and boosts your immune system.
The treatment is completely safe and has no side effects.
Stem cell therapy repairs damaged cartilage and restores mobility.
Laser therapy may reduce joint pain in some patients.
Say goodbye to back pain with our breakthrough programme.
Clinically proven to ease anxiety in 95% of clients.
""".strip().split("\n")


def pages(folder: Path) -> list[str]:
    """Five Markdown files of about 5 KB each, with a handful of findings in each."""
    paths = []
    for number in range(5):
        parts = [f"# Page {number} of the Lumora clinic"]
        for part in range(29):
            if part % 6 == 0:
                parts.append(f"## Part {part // 6 + 1}")
            parts.append(PARAGRAPHS[(part * 3 + number) % len(PARAGRAPHS)])
            if part % 7 == 3:
                parts.append(f"- {CLAIMS[(part + number) % len(CLAIMS)]}\n- **Opening hours**: see the door.")
        path = folder / f"page{number}.md"
        path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
        paths.append(str(path))
    return paths


def main() -> int:
    """Prints the medians; exit status 1 where --limit is given and exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=25)
    parser.add_argument(
        "--limit", type=float, help="fail where check takes more than this many times the imports"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        # As installed: byte code is kept, whatever the developer's own environment says of it.
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = f"{name}/bytecode"
        files = pages(Path(name))
        installed = Path(sys.executable).with_name("claimlint")
        program = [str(installed)] if installed.exists() else [sys.executable, "-m", "claimlint"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "import click": [sys.executable, "-c", "import click"],
            "import click, regex, yaml": [sys.executable, "-c", "import click, regex, yaml"],
            "claimlint --version": [*program, "--version"],
            "claimlint check, 5 files": [*program, "check", "--as-of", "2030-01-01", *files],
        }
        times: dict[str, list[float]] = {label: [] for label in commands}
        for turn in range(options.runs + 2):  # the first two turns warm caches and don't count
            for label, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, capture_output=True, check=False, cwd=name, env=environment)
                if turn >= 2:
                    times[label].append((time.perf_counter() - start) * 1000)
    base = statistics.median(times["import click, regex, yaml"])
    least = min(times["import click, regex, yaml"])
    print(f"{'command':<28}  median ms  min ms  times the imports: median, min")
    for label, found in times.items():
        median = statistics.median(found)
        print(
            f"{label:<28}  {median:9.1f}  {min(found):6.1f}  {median / base:25.2f}, {min(found) / least:.2f}"
        )
    ratio = statistics.median(times["claimlint check, 5 files"]) / base
    return int(options.limit is not None and ratio > options.limit)


if __name__ == "__main__":
    sys.exit(main())
