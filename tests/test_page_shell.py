"""The frame of the page: coming in with the number, what stays when the session ends, and how much is loaded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page import PHONE, Edited, button, go
from tests.page_editor import set_field
from tests.page_server import Served, serving


def opened(browser: Browser, served: Served) -> Page:
    """Return a new window in which the page asks for the number."""
    page = browser.new_context(viewport=PHONE, has_touch=True).new_page()
    page.goto(f"http://127.0.0.1:{served.page.port}/")
    return page


def test_the_number_on_the_wall_opens_the_page(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        page = opened(browser, served)
        number = page.get_by_label("Number", exact=True)
        expect(number).to_be_focused()
        wrong = f"{(int(served.page.gate.pin) + 1) % 1_000_000:06}"
        page.keyboard.type(wrong)
        expect(page.get_by_role("alert").first).to_contain_text(
            "This number is not right. After 4 more there is a new one."
        )
        expect(number).to_have_value("")
        page.keyboard.type(served.page.gate.pin)
        expect(page.locator("main h1")).to_have_text("Workouts")
        page.reload()
        expect(page.locator("main h1")).to_have_text("Workouts")
        page.context.close()


def test_what_was_typed_stays_when_the_session_ends(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        page = opened(browser, served)
        expect(page.get_by_label("Number", exact=True)).to_be_focused()
        page.keyboard.type(served.page.gate.pin)
        expect(page.locator(".workout").first).to_be_visible()
        go(page, "circuit/core")
        wall = page.locator(".wall")
        expect(wall).to_have_attribute("data-drawn", "1")
        page.get_by_label("Name", exact=True).first.fill("Core again")
        # Then nothing more is asked of the server.
        expect(wall).to_have_attribute("data-drawn", "2")
        page.context.clear_cookies()
        button(page, "Save").click()
        expect(page.get_by_label("Number", exact=True)).to_be_focused()
        page.keyboard.type(served.page.gate.pin)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(".editor-bar .state")).to_have_text("Saved")
        assert "name: Core again\n" in (served.folder / "circuits" / "core.yaml").read_text()
        page.context.close()


def test_what_was_typed_in_one_tab_is_saved_after_coming_in_again_in_another(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        page = opened(browser, served)
        page.get_by_label("Number", exact=True).fill(served.page.gate.pin)
        expect(page.locator(".workout").first).to_be_visible()
        go(page, "circuit/core")
        page.get_by_label("Name", exact=True).first.fill("Core again")
        # This is what another tab does.
        coming_in = "pin => fetch('/api/session', {method: 'POST', body: JSON.stringify({pin})}).then(a => a.status)"
        assert page.evaluate(coming_in, served.page.gate.pin) == 200
        button(page, "Save").click()
        expect(page.locator(".editor-bar .state")).to_have_text("Saved")
        assert "name: Core again\n" in (served.folder / "circuits" / "core.yaml").read_text()
        page.context.close()


def test_the_key_does_not_stay_in_the_address(site: Edited, browser: Browser) -> None:
    page = site.open(browser)
    assert "key" not in page.url


def test_the_page_says_that_the_wall_does_not_answer(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="circuit/core")
    site.program.end()
    set_field(page.locator(".editor-form"), "Changeover", "20")
    expect(page.locator("#lost")).to_contain_text("The wall does not answer")
    button(page, "Save").click()
    expect(page.locator(".editor-bar .state")).to_have_text("Not saved yet")
    expect(page.get_by_label("Changeover", exact=True).first).to_have_value("20")


def test_an_address_that_leads_nowhere_says_so(site: Edited, browser: Browser) -> None:
    page = site.open(browser)
    for route, words in (("nothing", "There is nothing at #/nothing"), ("circuit/none-such", ""), ("circuit/100%", "")):
        page.evaluate("hash => { location.hash = hash; }", f"#/{route}")
        expect(page.locator("main h1")).to_have_text("That did not work")
        expect(page.locator("main")).to_contain_text(words)
    page.get_by_role("link", name="To the workouts").click()
    expect(page.locator("main h1")).to_have_text("Workouts")


@pytest.mark.parametrize("route", ["", "circuit/eight-stations", "exercise/plank"])
def test_little_is_loaded_and_nothing_from_elsewhere(site: Edited, browser: Browser, route: str) -> None:
    page = site.open(browser, route=route)
    loaded = page.evaluate("performance.getEntriesByType('resource').map(one => [one.name, one.encodedBodySize])")
    origin = re.match(r"http://[^/]+/", site.address)
    assert origin
    assert all(name.startswith(origin[0]) or name.startswith(("blob:", "data:")) for name, _ in loaded)
    assert 0 < sum(size for name, size in loaded if "/static/" in name) < 150_000
