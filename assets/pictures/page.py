"""Draw page.png, the page on a phone: `python -m assets.pictures.page` in the project's folder, with Chromium.

It needs the packages of the tests, whose browser it uses.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect

from tests.page import PHONE, Edited, chromium
from tests.page_editor import card
from tests.program import Program

ROOT = Path(__file__).parents[2]
CIRCUIT, SHOWN = "boxing-rounds", "High knees"

DRAWN = """() => [...document.querySelectorAll(".still img")].every((image) => {
  const { top } = image.getBoundingClientRect();
  return top < 0 || top > innerHeight || image.naturalWidth;
})"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "config"
        shutil.copytree(ROOT / "config", folder)
        own = {f"XDG_{kind}_HOME": name for kind in ("CACHE", "STATE")} | {"XDG_RUNTIME_DIR": name}
        command = [sys.executable, "-m", "kiosk", "edit", str(folder), "--no-browser"]
        program = Program(command, {**own, "PYTHONUNBUFFERED": "1"})
        try:
            site = Edited(folder, program.wait_for(r"(http://\S+#key=\S+)")[1], program)
            with chromium() as browser:
                page = site.open(browser, PHONE, route=f"circuit/{CIRCUIT}", light=True, device_scale_factor=2)
                wall = page.locator(".wall")
                expect(wall).to_have_attribute("data-drawn", re.compile(r"\d"))
                before = wall.get_attribute("data-drawn") or ""
                card(page, SHOWN).locator(".entry-title").tap()
                expect(page.locator(".moment")).to_contain_text(SHOWN)
                expect(wall).not_to_have_attribute("data-drawn", before)
                card(page, SHOWN).evaluate("card => window.scrollBy(0, card.getBoundingClientRect().top - 300)")
                page.wait_for_function(DRAWN)
                page.evaluate("document.activeElement.blur()")
                page.screenshot(path=ROOT / "assets" / "pictures" / "page.png")
        finally:
            program.kill()


if __name__ == "__main__":
    main()
