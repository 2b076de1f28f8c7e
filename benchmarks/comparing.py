"""What comparing costs when a story grows: CPU seconds of `compare` after reading.

python -m benchmarks.comparing
python -m benchmarks.comparing --sizes 10 30 100 300

The accounts are those of the demo, from the fifth on with other words; each is read once, and the
comparison of the first so many is timed. A cost in proportion to the accounts would keep the last
column level.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import articles
from retold import compare, load, read
from retold.types import Reading

SIZES = (10, 30, 100)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.comparing",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    sizes = sorted(parser.parse_args().sizes)
    readings = _readings(max(sizes))
    print(f"{'accounts':>8}{'passages':>10}{'claims':>8}{'CPU s':>8}{'s an account':>14}{'MB':>7}")
    for size in sizes:
        print(_row(readings[:size]), flush=True)


def _readings(count: int) -> list[Reading]:
    with tempfile.TemporaryDirectory() as folder:
        articles.write_story(Path(folder), count=count)
        return [read(article) for article in load([folder]).articles]


def _row(readings: Sequence[Reading]) -> str:
    begun = time.process_time()
    report = compare(readings)
    spent = time.process_time() - begun
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    passages = sum(len(reading.passages) for reading in readings)
    each = spent / len(readings)
    return (
        f"{len(readings):>8,}{passages:>10,}{len(report.claims):>8,}"
        f"{spent:>8.1f}{each:>14.2f}{held:>7.0f}"
    )


if __name__ == "__main__":
    main()
