"""The page in a real browser: `kiosk edit` on a copy of the shipped config, and Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from kiosk.config import check
from kiosk.errors import ConfigError
from tests.conftest import ROOT, needs
from tests.program import PATIENCE_S, Program, Start

PHONE: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1366, "height": 768}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Debian's Chromium. Without it the test is skipped; under CI it fails."""
    path = needs("chromium")
    expect.set_options(timeout=PATIENCE_S * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass(frozen=True)
class Edited:
    """The page of a config folder. `address` has the key that opens it; `errors` are those of the page's scripts."""

    folder: Path
    address: str
    program: Program
    errors: list[str] = field(default_factory=list)

    def open(
        self, browser: Browser, size: ViewportSize = LAPTOP, *, route: str = "", light: bool = False, **more: Any
    ) -> Page:
        """Return a new browser window with the page in it, at a route such as "circuit/core"."""
        context = browser.new_context(
            viewport=size, has_touch=size is PHONE, color_scheme="light" if light else "dark", **more
        )
        context.set_default_timeout(PATIENCE_S * 1000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.address)
        expect(page.locator("main h1")).to_be_visible()
        if route:
            go(page, route)
        return page

    def text(self, name: str) -> str:
        """Return a file of the folder, such as "circuits/core.yaml"."""
        return (self.folder / name).read_text(encoding="utf-8")

    def problems(self) -> list[str]:
        """Return the errors that `kiosk check` finds in the folder."""
        try:
            check(self.folder)
        except ConfigError as error:
            return [str(problem) for problem in error.problems]
        return []


def edited(start: Start, tmp_path: Path) -> Edited:
    """Start the page of a copy of the shipped config, on a free port."""
    folder = tmp_path / "edited"
    shutil.copytree(ROOT / "config", folder)
    program = start("kiosk", "edit", str(folder), "--no-browser", PYTHONUNBUFFERED="1")
    return Edited(folder, program.wait_for(r"(http://\S+#key=\S+)")[1], program)


def go(page: Page, route: str) -> None:
    """Go to a route of the page, and wait for what it shows."""
    view = route.split("/")[0]
    page.evaluate("hash => { location.hash = hash; }", f"#/{route}")
    expect(page.locator(f"main > .view.{view or 'circuits'} h1")).to_be_visible()


def button(where: Page | Locator, name: str) -> Locator:
    return where.get_by_role("button", name=name, exact=True)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what is called so, or begins so."""
    for _ in range(60):
        page.keyboard.press("Tab")
        label = page.evaluate(
            "document.activeElement.getAttribute('aria-label')"
            " || document.activeElement.labels?.[0]?.textContent || document.activeElement.textContent"
        )
        if label.startswith(name):
            return
    raise AssertionError(f"no Tab leads to {name}")


def serious(page: Page) -> list[str]:
    """Return what axe finds on the page that is serious or critical, as "rule: the first element"."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0]['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
