"""Workouts on the page, in a real Chromium: a coach makes, breaks and saves them, and somebody else does, too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page import Edited, button, go
from tests.page_editor import (
    add_exercises,
    add_part,
    answer,
    begin_class,
    card,
    choose,
    drag,
    error_at,
    open_card,
    save,
    set_field,
)


def new_class(page: Page) -> None:
    """Make a class of three blocks, the last of them an AMRAP, without saving it."""
    go(page, "circuit/new")
    begin_class(page, "Squat", "Push-up")
    add_part(page, "Cool-down")
    add_exercises(page, card(page, "Cool-down"), "Cobra")
    add_part(page, "AMRAP")
    amrap = open_card(page, "AMRAP")
    set_field(amrap, "Time", "8")
    add_exercises(page, amrap, "Burpee", "Sit-up")
    set_field(open_card(page, "Burpee"), "Amount", "5")


MONDAY = """\
name: Monday class
exercises:
  - name: Strength
    rounds: 4
    work: 45
    changeover: 15
    round_break: 60
    exercises:
      - squat
      - push-up
  - name: Cool-down
    easy: true
    work: 40
    changeover: 10
    exercises:
      - cobra
  - name: AMRAP
    amrap: 8:00
    exercises:
      - {exercise: burpee, amount: 5}
      - sit-up
"""


def test_a_class_of_three_blocks_with_an_amrap_is_made_and_saved(site: Edited, browser: Browser) -> None:
    page = site.open(browser)
    new_class(page)
    expect(page.locator(".sum")).to_have_text("20 min")
    save(page)
    expect(page).to_have_url(re.compile("#/circuit/monday-class$"))
    assert site.text("circuits/monday-class.yaml") == MONDAY
    assert site.problems() == []
    go(page, "")
    expect(page.get_by_role("link", name=re.compile("^Monday class"))).to_contain_text("AMRAP")


def test_an_error_is_told_at_its_field_and_nothing_is_saved(site: Edited, browser: Browser) -> None:
    before = site.text("circuits/back-and-core-for-runners.yaml")
    page = site.open(browser, route="circuit/back-and-core-for-runners")
    set_field(page.locator(".editor-form"), "Work", "")
    expect(error_at(page.locator(".editor-form"), "Work")).to_have_text("Say how long the work is.")
    expect(page.get_by_label("Work", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(button(page, "1 to fix")).to_be_enabled()
    button(page, "Save").click()
    expect(page.get_by_label("Work", exact=True)).to_be_focused()
    assert site.text("circuits/back-and-core-for-runners.yaml") == before
    set_field(page.locator(".editor-form"), "Work", "45")
    expect(page.locator(".error:visible")).to_have_count(0)
    save(page)
    assert site.text("circuits/back-and-core-for-runners.yaml") == before.replace("work: 60\n", "work: 45\n", 1)
    button(page.locator(".toast"), "Undo").click()
    expect(page.get_by_label("Work", exact=True)).to_have_value("1:00")
    assert site.text("circuits/back-and-core-for-runners.yaml") == before


def test_an_error_within_a_shut_card_is_told_on_the_card(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="circuit/core")
    button(card(page, "Main part"), "Exercise").click()
    page.get_by_label("Search exercises").fill("Hollow rock")
    page.locator(".pick").filter(has_text="By its name alone").click()
    answer(page, "Add 1 exercise")
    set_field(open_card(page, "Hollow rock"), "Name", "")
    nameless = card(page, "Exercise without a name")
    expect(error_at(nameless, "Name")).to_have_text("Please type something here.")
    nameless.locator(".entry-title").click()
    expect(nameless.locator(".entry-frame > .error")).to_have_text("Please type something here.")
    button(page, "1 to fix").click()
    expect(nameless.get_by_label("Name", exact=True)).to_be_focused()
    set_field(nameless, "Name", "Hollow hold")
    save(page)
    assert "name: Hollow hold" in site.text("circuits/core.yaml")


def test_what_cannot_be_a_time_is_told_at_once(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="circuit/core")
    main = open_card(page, "Main part")
    set_field(main, "Work", "soon")
    expect(error_at(main, "Work")).to_contain_text("Type seconds such as 45")
    set_field(main, "Work", "99:00")
    expect(error_at(main, "Work")).to_contain_text("1 to 60:00 is possible")
    set_field(main, "Work", "1:15")
    expect(error_at(main, "Work")).to_be_empty()
    save(page)
    assert "work: 1:15" in site.text("circuits/core.yaml") or "work: 75" in site.text("circuits/core.yaml")


def test_leaving_asks_what_to_do_with_unsaved_changes(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="circuit/core")
    page.get_by_label("Name", exact=True).first.fill("Core and more")
    page.get_by_role("link", name="Workouts").first.click()
    answer(page, "Stay")
    expect(page.get_by_label("Name", exact=True).first).to_have_value("Core and more")
    page.get_by_role("link", name="Workouts").first.click()
    answer(page, "^Save$")
    expect(page.get_by_role("link", name=re.compile("^Core and more"))).to_be_visible()
    assert site.text("circuits/core.yaml").count("name: Core and more\n") == 1


@pytest.mark.parametrize("choice", ["Save mine as a copy", "Save mine over it", "Take theirs"])
def test_the_second_one_to_save_is_told_what_the_first_one_changed(site: Edited, browser: Browser, choice: str) -> None:
    first, second = (site.open(browser, route="circuit/back-and-core-for-runners") for _ in range(2))
    set_field(first.locator(".editor-form"), "Rounds", "4")
    save(first)
    set_field(second.locator(".editor-form"), "Work", "50")
    button(second, "Save").click()
    expect(second.get_by_role("dialog")).to_contain_text("Somebody else saved meanwhile")
    expect(second.locator(".changed")).to_contain_text("Rounds: 3 is now 4")
    answer(second, choice)
    expect(second.locator(".editor-bar .state")).to_have_text("Saved")
    theirs, copy = site.text("circuits/back-and-core-for-runners.yaml"), sorted(site.folder.glob("circuits/*copy*"))
    assert len(copy) == (choice == "Save mine as a copy")
    if choice == "Save mine over it":
        assert "rounds: 3\n" in theirs
        assert "work: 50\n" in theirs
    else:
        assert "rounds: 4\n" in theirs
        assert "work: 60\n" in theirs
    expect(second.get_by_label("Work", exact=True)).to_have_value("1:00" if choice == "Take theirs" else "50")
    assert site.problems() == []


def test_workouts_are_copied_renamed_ordered_and_deleted(site: Edited, browser: Browser) -> None:
    page = site.open(browser, {"width": 1366, "height": 1600})
    titles = page.locator(".workout-link > strong")
    first, second, third = titles.all_inner_texts()[:3]
    button(page, f"What to do with {second}").click()
    choose(page, "Duplicate")
    page.get_by_label("Name of the copy").fill("Boxing, shorter")
    answer(page, "Duplicate")
    button(page, "What to do with Boxing, shorter").click()
    choose(page, "Rename")
    page.get_by_label("Name", exact=True).fill("Boxing, four rounds")
    answer(page, "Rename")
    expect(titles.filter(has_text="Boxing, four rounds")).to_have_count(1)
    grip = button(page, f"Move {third}: up and down keys, or drag")
    grip.press("ArrowUp")
    expect(grip).to_be_focused()
    name = page.locator(".workout").filter(has_text="Boxing, four rounds")
    drag(page, name, page.locator(".workout").first, 0.2)
    expect(titles.first).to_have_text("Boxing, four rounds")
    order = titles.all_inner_texts()
    expect(page.locator(".workouts")).to_have_attribute("aria-busy", "false")
    page.reload()
    expect(titles).to_have_text(order)
    button(page, "What to do with Boxing, four rounds").click()
    choose(page, "Delete")
    answer(page, "Delete")
    expect(titles.first).to_have_text(first)
    button(page.locator(".toast"), "Undo").click()
    expect(titles).to_have_text(order)
    assert site.problems() == []
