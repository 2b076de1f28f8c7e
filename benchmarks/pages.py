"""What a page of a report costs its reader: size, time to load, and the longest task of a browser.

python -m benchmarks.pages
python -m benchmarks.pages --accounts 10 --json
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import articles
from retold import load, retell
from retold.showing import html

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SCROLLS = 40
SCROLL_PIXELS = 1500
NOTES = 20
PAUSE_MS = 60

WATCH = """() => {
    window.longest = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
            window.longest = Math.max(window.longest, entry.duration);
        }
    }).observe({ type: 'longtask' });
}"""
OPEN = """number => {
    const note = document.querySelectorAll('details.note')[number];
    note.scrollIntoView();
    note.querySelector('summary').click();
}"""


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        articles.write_story(Path(folder), count=options.accounts)
        report = retell(load([folder]).articles)
    started = time.process_time()
    page = html.render(report)
    costs: dict[str, float] = {
        "kilobytes": len(page.encode()) / 1000,
        "seconds of CPU to render": time.process_time() - started,
    }
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        print("no Chromium on the PATH: what a browser does is not measured", file=sys.stderr)
    else:
        costs |= _browsed(page, program)
    if options.json:
        print(json.dumps({name: round(cost, 3) for name, cost in costs.items()}))
    else:
        for name, cost in costs.items():
            print(f"{cost:>10,.2f}  {name}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pages",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--accounts", type=int, default=30, metavar="N")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _browsed(page: str, program: str) -> dict[str, float]:
    """Loading, then the longest task while scrolling, opening notes and using the keyboard."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        file = Path(folder) / "report.html"
        file.write_text(page, encoding="utf-8")
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        window = browser.new_page(viewport={"width": 1280, "height": 800})
        window.goto(file.as_uri())
        costs = {
            "elements": window.evaluate("document.querySelectorAll('*').length"),
            "ms to load": window.evaluate(
                "performance.getEntriesByType('navigation')[0].loadEventEnd"
            ),
        }
        window.evaluate(WATCH)
        for name, act in (("scrolling", _scroll), ("opening notes", _open), ("keys", _press)):
            window.evaluate("window.longest = 0")
            act(window)
            window.wait_for_timeout(5 * PAUSE_MS)
            costs[f"ms, longest task while {name} (0: none over 50)"] = window.evaluate("longest")
        browser.close()
    return costs


def _scroll(window: Any) -> None:
    for _ in range(SCROLLS):
        window.mouse.wheel(0, SCROLL_PIXELS)
        window.wait_for_timeout(PAUSE_MS)


def _open(window: Any) -> None:
    notes = window.locator("details.note").count()
    for number in range(0, notes, max(1, notes // NOTES)):
        window.evaluate(OPEN, number)
        window.wait_for_timeout(PAUSE_MS)


def _press(window: Any) -> None:
    for key in "jjjjjkko":
        window.keyboard.press(key)
        window.wait_for_timeout(PAUSE_MS)


if __name__ == "__main__":
    raise SystemExit(main())
