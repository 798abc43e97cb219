"""What a test does on the page of a workout: it opens cards, sets fields, chooses, drags and saves."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.page import button


def card(page: Page, name: str) -> Locator:
    """Return the card of an entry, by the name that it shows."""
    return page.locator("li.entry").filter(has=page.locator(f".entry-title strong:text-is('{name}')")).last


def expect_cards(where: Locator, *names: str) -> None:
    expect(where.locator(".entry-title strong")).to_have_text(list(names))


def open_card(page: Page, name: str) -> Locator:
    """Open the fields of an entry, and return its card."""
    found = card(page, name)
    found.locator(".entry-title").first.click()
    expect(found.locator(".entry-body").first).to_be_visible()
    return found


def choose(page: Page, name: str) -> None:
    """Choose from the menu that is open."""
    page.locator(".choice").filter(has=page.locator(f"strong:text-is('{name}')")).click()
    expect(page.locator(".choice")).to_have_count(0)


def answer(page: Page, name: str) -> None:
    """Answer the question that is open."""
    page.get_by_role("dialog").get_by_role("button", name=re.compile(name)).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def pick(page: Page, *names: str) -> None:
    """Choose exercises from the library that is open."""
    for name in names:
        page.get_by_label("Search exercises").fill(name)
        page.locator(".pick").filter(has=page.locator(f"strong:text-is('{name}')")).click()
    page.get_by_role("button", name=re.compile(r"^Add \d+ exercise")).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def add_exercises(page: Page, to: Locator, *names: str) -> None:
    button(to, "Exercise").last.click()
    pick(page, *names)


def begin_class(page: Page, *names: str) -> None:
    """Choose a class to begin with, and give it a block "Strength" of these exercises."""
    page.get_by_role("link", name="Class of blocks").click()
    page.get_by_label("Name", exact=True).first.fill("Monday class")
    set_field(open_card(page, "Main part"), "Name", "Strength")
    strength = card(page, "Strength")
    set_field(strength, "Rounds", "4")
    set_field(strength, "Work", "45")
    add_exercises(page, strength, *names)


def add_part(page: Page, name: str) -> None:
    button(page, "Block or other part").click()
    choose(page, name)


def save(page: Page) -> None:
    button(page, "Save").click()
    expect(page.locator(".editor-bar .state")).to_have_text("Saved")


def set_field(where: Locator, label: str, value: str) -> None:
    where.get_by_label(label, exact=True).first.fill(value)
    where.page.keyboard.press("Tab")


def error_at(where: Locator, label: str) -> Locator:
    """Return what is said to be wrong with a field."""
    return where.locator(".field", has=where.page.get_by_label(label, exact=True)).last.locator("> .error")


def drag(page: Page, what: Locator, to: Locator, part: float) -> None:
    """Drag an entry by its handle to a height within another one, from 0 (its top) to 1."""
    what.locator("[data-handle]").first.scroll_into_view_if_needed()
    handle, goal = what.locator("[data-handle]").first.bounding_box(), to.bounding_box()
    assert handle is not None
    assert goal is not None
    page.mouse.move(handle["x"] + 10, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(handle["x"] + 14, handle["y"] + 20, steps=3)
    page.mouse.move(goal["x"] + 30, goal["y"] + goal["height"] * part, steps=8)
    page.mouse.up()
