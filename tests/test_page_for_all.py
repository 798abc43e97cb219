"""The page for everybody: with a thumb on a phone, with keys alone, with a screen reader, at any width."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page import LAPTOP, PHONE, Edited, button, go, serious, tab_to
from tests.page_editor import (
    answer,
    card,
    expect_cards,
    open_card,
    set_field,
)


def test_a_phone_does_it_all_with_taps(site: Edited, browser: Browser) -> None:
    page = site.open(browser, PHONE)
    page.get_by_role("link", name="New workout").tap()
    page.get_by_role("link", name="AMRAP", exact=False).tap()
    page.get_by_label("Name", exact=True).first.fill("Ten minutes")
    button(page, "More: Time").tap()
    page.locator(".adders").get_by_role("button", name="Exercise").tap()
    button(page, "kettlebell").tap()
    expect(page.locator(".pick strong").first).to_be_visible()
    page.locator(".pick").filter(has_text="Goblet squat").tap()
    button(page, "kettlebell").tap()
    page.locator(".pick").filter(has=page.locator("strong:text-is('Burpee')")).tap()
    button(page, "Add 2 exercises").tap()
    card(page, "Burpee").locator(".entry-title").tap()
    button(card(page, "Burpee"), "More: Amount").tap()
    button(card(page, "Burpee"), "Move up: Burpee").tap()
    expect(page.locator(".sum")).to_have_text("12 min")
    button(page, "Save").tap()
    expect(page.locator(".editor-bar .state")).to_have_text("Saved")
    assert site.text("circuits/ten-minutes.yaml") == (
        "name: Ten minutes\namrap: 11:00\nexercises:\n  - {exercise: burpee, amount: 10}\n  - goblet-squat\n"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_finger_drags_an_entry(site: Edited, browser: Browser) -> None:
    page = site.open(browser, PHONE, route="circuit/boxing-rounds")
    side_lunge = card(page, "Side lunge")
    side_lunge.scroll_into_view_if_needed()
    # Away from the edges, where dragging scrolls the page.
    page.evaluate("window.scrollBy(0, 60)")
    handle = side_lunge.locator("[data-handle]").bounding_box()
    goal = card(page, "Jumping jack").bounding_box()
    assert handle is not None
    assert goal is not None
    x, y = handle["x"] + 15, handle["y"] + 15
    touch = page.context.new_cdp_session(page)
    steps = [y + (goal["y"] + 4 - y) * part / 8 for part in range(9)]
    for kind, at in [("touchStart", y), *(("touchMove", at) for at in steps)]:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": at}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect_cards(card(page, "Warm-up").locator(".entries"), "Side lunge", "Jumping jack", "High knees")


def test_it_works_by_keyboard_alone(site: Edited, browser: Browser) -> None:
    page = site.open(browser)
    tab_to(page, "New workout")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_be_focused()
    tab_to(page, "Circuit")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_visible()
    tab_to(page, "Name")
    page.keyboard.type("By keys")
    tab_to(page, "Rounds")
    page.keyboard.press("ArrowUp")
    tab_to(page, "Exercise")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Search exercises")).to_be_focused()
    page.keyboard.type("plank")
    page.keyboard.press("Enter")
    page.get_by_label("Search exercises").fill("")
    page.keyboard.type("burpee")
    page.keyboard.press("Enter")
    tab_to(page, "Add 2 exercises")
    page.keyboard.press("Enter")
    expect(card(page, "Plank").locator(".entry-title")).to_be_focused()
    tab_to(page, "Move Burpee")
    page.keyboard.press("ArrowUp")
    expect_cards(page.locator(".editor-form"), "Burpee", "Plank")
    expect(page.locator("#said")).to_contain_text("Burpee is now 1 of 2")
    page.keyboard.press("Control+s")
    expect(page.locator(".editor-bar .state")).to_have_text("Saved")
    text = site.text("circuits/by-keys.yaml")
    assert text.endswith("rounds: 4\nwork: 40\nchangeover: 20\nround_break: 60\nexercises:\n  - burpee\n  - plank\n")


@pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
def test_axe_finds_nothing_serious(site: Edited, browser: Browser, light: bool) -> None:
    page = site.open(browser, PHONE, light=light)
    assert serious(page) == []
    button(page, "What to do with Core").click()
    assert serious(page) == []
    page.keyboard.press("Escape")
    go(page, "circuit/eight-stations")
    stations = open_card(page, "Stations")
    stations.locator("summary").first.click()
    open_card(page, "Hip flexor stretch")
    expect(page.locator(".wall")).to_have_attribute("data-drawn", re.compile(r"\d"))
    set_field(stations, "Work", "never")
    assert serious(page) == []
    button(stations, "Station").click()
    expect(page.locator(".pick").first).to_be_visible()
    assert serious(page) == []
    page.keyboard.press("Escape")
    go_without_saving(page, "circuit/new")
    assert serious(page) == []
    page.context.clear_cookies()
    page.get_by_role("link", name="Workouts").first.click()
    expect(page.get_by_label("Number", exact=True)).to_be_visible()
    assert serious(page) == []


def go_without_saving(page: Page, route: str) -> None:
    page.evaluate("hash => { location.hash = hash; }", f"#/{route}")
    if page.locator("dialog[open]").count():
        answer(page, "Leave without saving")
    expect(page.locator("main h1")).to_have_text("New workout")


def test_the_page_is_usable_at_every_width(site: Edited, browser: Browser) -> None:
    for width in (360, 768, LAPTOP["width"]):
        page = site.open(browser, {"width": width, "height": 740}, route="circuit/eight-stations")
        open_card(page, "Stations")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, a, input, select, summary")].filter((one) => {
                const box = one.getBoundingClientRect();
                return box.width && box.height && !one.closest(".unseen, .skip, .segment") && box.height < 43;
            }).map((one) => one.outerHTML.slice(0, 150))"""
        )
        assert [one for one in small if 'role="switch"' not in one] == []
