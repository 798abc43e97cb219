"""Workouts on the page: a coach makes, orders, breaks and saves them in a real Chromium, by mouse, thumb and keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page import LAPTOP, PHONE, Edited, button, chromium, edited, go, serious
from tests.program import Start


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def site(browser: Browser, start: Start, tmp_path: Path) -> Iterator[Edited]:
    """Yield the page of a copy of the shipped config; close all its windows afterwards."""
    yield edited(start, tmp_path)
    for context in browser.contexts:
        context.close()


def card(page: Page, name: str) -> Locator:
    """Return the card of an entry, by the name that it shows."""
    return page.locator("li.entry").filter(has=page.locator(f".entry-title strong:text-is('{name}')")).last


def cards(where: Page | Locator) -> list[str]:
    return where.locator(".entry-title strong").all_inner_texts()


def open_card(page: Page, name: str) -> Locator:
    """Open the fields of an entry, and return its card."""
    found = card(page, name)
    found.locator(".entry-title").first.click()
    expect(found.locator(".entry-body").first).to_be_visible()
    return found


def add_exercises(page: Page, to: Locator, *names: str, press: str = "Exercise") -> None:
    button(to, press).last.click()
    for name in names:
        page.get_by_label("Search exercises").fill(name)
        page.locator(".pick").filter(has=page.locator(f"strong:text-is('{name}')")).click()
    page.get_by_role("button", name=re.compile(r"^Add \d+ exercise")).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def add_part(page: Page, name: str) -> None:
    button(page, "Block or other part").click()
    page.locator(".choice").filter(has=page.locator(f"strong:text-is('{name}')")).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def save(page: Page) -> None:
    button(page, "Save").click()
    expect(page.locator(".editor-bar .state")).to_have_text("Saved")


def set_field(where: Locator, label: str, value: str) -> None:
    field = where.get_by_label(label, exact=True).first
    field.fill(value)
    where.page.keyboard.press("Tab")


def new_class(page: Page) -> None:
    """Make a class of three blocks, the last of them an AMRAP, without saving it."""
    go(page, "circuit/new")
    page.get_by_role("link", name="Class of blocks").click()
    page.get_by_label("Name", exact=True).first.fill("Monday class")
    main = open_card(page, "Main part")
    set_field(main, "Name", "Strength")
    strength = card(page, "Strength")
    set_field(strength, "Rounds", "4")
    set_field(strength, "Work", "45")
    add_exercises(page, strength, "Squat", "Push-up")
    add_part(page, "Cool-down")
    add_exercises(page, card(page, "Cool-down"), "Cobra")
    add_part(page, "AMRAP")
    amrap = open_card(page, "AMRAP")
    set_field(amrap, "Time", "8")
    add_exercises(page, amrap, "Burpee", "Sit-up")
    burpee = open_card(page, "Burpee")
    set_field(burpee, "Amount", "5")


def test_a_class_of_three_blocks_with_an_amrap_is_made_and_saved(site: Edited, browser: Browser) -> None:
    page = site.open(browser)
    new_class(page)
    expect(page.locator(".sum")).to_have_text("19 min")
    save(page)
    expect(page).to_have_url(re.compile("#/circuit/monday-class$"))
    assert site.text("circuits/monday-class.yaml") == "\n".join([
        "name: Monday class",
        "exercises:",
        "  - name: Strength",
    ])
    assert site.is_good()
