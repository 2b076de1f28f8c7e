"""What retold costs, in CPU seconds, memory and multiples of a fixed loop run beside it.

python -m benchmarks
python -m benchmarks --only "compare three" --repeat 1 --json
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks import articles
from benchmarks.cost import CommandError, Cost, calibrate, measure

RETOLD = (sys.executable, "-m", "retold")
WORDS = 800
CASES = ("import retold", "retold --help", "read one", "compare three", "compare thirty")


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        commands = _commands(Path(folder))
        yardstick = min(calibrate() for _ in range(3))
        costs: dict[str, Cost] = {}
        for name in options.only or CASES:
            try:
                costs[name] = measure(commands[name], repeat=options.repeat)
            except CommandError as failed:
                print(f"{name}: {failed}", file=sys.stderr)
        yardstick = min(yardstick, *(calibrate() for _ in range(3)))
    print(_as_json(costs, yardstick) if options.json else _table(costs, yardstick))
    return 0 if len(costs) == len(options.only or CASES) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", choices=CASES, action="append", help="may be given again")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="the best of N runs")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _commands(folder: Path) -> dict[str, tuple[str, ...]]:
    """Each case as a command, its articles written to the folder."""
    one, three, thirty = folder / "one.txt", folder / "three", folder / "thirty"
    articles.write_article(one, words=WORDS)
    for story, count in ((three, 3), (thirty, 30)):
        story.mkdir()
        articles.write_story(story, count=count)
    compare = (*RETOLD, "compare", "--together", "--format", "json")
    return {
        "import retold": (sys.executable, "-c", "import retold"),
        "retold --help": (*RETOLD, "--help"),
        "read one": (*RETOLD, "read", str(one), "--format", "json"),
        "compare three": (*compare, str(three)),
        "compare thirty": (*compare, str(thirty)),
    }


def _table(costs: dict[str, Cost], yardstick: float) -> str:
    lines = [f"{'':<16}{'CPU s':>8}{'× loop':>9}{'MB':>7}"]
    lines += [
        f"{name:<16}{cost.seconds:>8.2f}{cost.seconds / yardstick:>9.1f}{cost.megabytes:>7.0f}"
        for name, cost in costs.items()
    ]
    return "\n".join([*lines, f"{'the loop':<16}{yardstick:>8.2f}{1:>9.1f}"])


def _as_json(costs: dict[str, Cost], yardstick: float) -> str:
    measured = {
        name: {
            "cpu seconds": round(cost.seconds, 3),
            "times the loop": round(cost.seconds / yardstick, 2),
            "peak MB": round(cost.megabytes, 1),
        }
        for name, cost in costs.items()
    }
    return json.dumps({**measured, "the loop": {"cpu seconds": round(yardstick, 3)}}, indent=1)


if __name__ == "__main__":
    sys.exit(main())
