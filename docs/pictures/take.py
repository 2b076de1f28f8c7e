"""Takes the pictures of the documentation: the page of `retold demo`, view by view.

python docs/pictures/take.py
"""

from __future__ import annotations

import shutil
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from retold import load, retell
from retold.showing import html

HERE = Path(__file__).parent
SCREEN = {"width": 1280, "height": 800}
VIEWS = {
    "article": ("#articles", 900),
    "claims": ("#claims", 760),
    "quotations": ("#quotations", 420),
    "timeline": ("#timeline", 700),
    "people": ("#people", 900),
    "wording": ("#wording", 700),
}


def main() -> None:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with resources.as_file(resources.files("retold") / "demo") as folder:
        page = html.render(retell(load([folder]).articles))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        file = Path(folder) / "report.html"
        file.write_text(page, encoding="utf-8")
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        window = browser.new_page(viewport=SCREEN)
        window.goto(file.as_uri())
        window.screenshot(path=HERE / "report.png")
        for name, (place, height) in VIEWS.items():
            _take(window, place, height, HERE / f"{name}.png")
        browser.close()


def _take(window: Any, place: str, height: int, file: Path) -> None:
    """The view from its heading on; of the articles with a note open."""
    window.set_viewport_size({"width": SCREEN["width"], "height": height})
    if place == "#articles":
        window.locator("#articles details.differs summary").nth(1).click()
        window.mouse.move(0, 0)
    window.evaluate("id => document.querySelector(id).scrollIntoView()", place)
    window.wait_for_timeout(200)
    window.screenshot(path=file)


if __name__ == "__main__":
    main()
