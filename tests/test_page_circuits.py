"""Workouts on the page: a coach makes, orders, breaks and saves them in a real Chromium, by mouse, thumb and keys."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page import LAPTOP, PHONE, Edited, button, chromium, edited, go, serious
from tests.program import Start

WORKOUTS = Path(__file__).parent / "workouts"


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


def new_class(page: Page) -> None:
    """Make a class of three blocks, the last of them an AMRAP, without saving it."""
    go(page, "circuit/new")
    page.get_by_role("link", name="Class of blocks").click()
    page.get_by_label("Name", exact=True).first.fill("Monday class")
    set_field(open_card(page, "Main part"), "Name", "Strength")
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


def test_entries_are_moved_by_buttons_also_into_blocks_and_out(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="circuit/boxing-rounds")
    top = page.locator(".editor-form > .list-box > .field > .entries")
    jab = open_card(page, "Jab and cross")
    warm_up = card(page, "Warm-up").locator(".entries")
    expect_cards(warm_up, "Jumping jack", "High knees", "Side lunge")
    button(jab, "Move up: Jab and cross").click()
    expect_cards(warm_up, "Jumping jack", "High knees", "Side lunge", "Jab and cross")
    expect(button(page, "Move up: Jab and cross")).to_be_focused()
    expect(page.locator("#said")).to_contain_text("Jab and cross is now 4 of 4 in Warm-up")
    page.keyboard.press("Enter")
    expect_cards(warm_up, "Jumping jack", "High knees", "Jab and cross", "Side lunge")
    for _ in range(2):
        button(page, "Move down: Jab and cross").click()
    expect_cards(warm_up, "Jumping jack", "High knees", "Side lunge")
    expect(top.locator("> li > .field .entry-title strong")).to_have_text(
        ["Warm-up", "Jab and cross", "Finisher", "Cool-down"]
    )
    button(page, "Move to another place: Jab and cross").click()
    choose(page, "Into Cool-down")
    expect_cards(
        card(page, "Cool-down").locator(".entries"),
        "Child's pose",
        "Hip flexor stretch",
        "Standing forward fold",
        "Jab and cross",
    )
    save(page)
    text = site.text("circuits/boxing-rounds.yaml")
    assert text.index("forward-fold") < text.index("{exercise: jab-cross, rounds: 6, work: 3:00")
    assert site.problems() == []


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


def test_entries_are_moved_by_dragging(site: Edited, browser: Browser) -> None:
    page = site.open(browser, {"width": 1366, "height": 1600}, route="circuit/boxing-rounds")
    warm_up = card(page, "Warm-up").locator(".entries")
    drag(page, card(page, "Side lunge"), card(page, "Jumping jack"), 0.2)
    expect_cards(warm_up, "Side lunge", "Jumping jack", "High knees")
    drag(page, card(page, "High knees"), card(page, "Jab and cross"), 0.8)
    expect_cards(warm_up, "Side lunge", "Jumping jack")
    drag(page, card(page, "Superman"), card(page, "Jumping jack"), 0.9)
    expect_cards(warm_up, "Side lunge", "Jumping jack", "Superman")
    drag(page, card(page, "Cool-down"), card(page, "Warm-up"), 0.02)
    expect(page.locator(".editor-form > .list-box > .field > .entries > li > .field .entry-title strong")).to_have_text(
        ["Cool-down", "Warm-up", "Jab and cross", "High knees", "Finisher"]
    )


def test_what_does_not_fit_at_its_new_place_goes_and_comes_back_by_undo(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="circuit/full-body-amrap")
    button(card(page, "Hip flexor stretch"), "Move Hip flexor stretch: up and down keys, or drag").click()
    choose(page, "Into AMRAP")
    expect(page.locator(".toast")).to_contain_text("Its own work did not fit there")
    expect(card(page, "AMRAP").locator(".entry-title strong").last).to_have_text("Hip flexor stretch")
    button(page.locator(".toast"), "Undo").click()
    expect(card(page, "Cool-down").locator(".entry-title small").last).to_have_text("1 min")
    expect(page.locator(".editor-bar .state")).to_have_text("Saved")


def test_a_block_becomes_an_amrap_and_work_differs_from_round_to_round(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="circuit/core")
    main = open_card(page, "Main part")
    button(main, "Other ways: Work").first.click()
    choose(page, "Different each round")
    set_field(main, "Round 3", "20")
    save(page)
    assert "work: [40, 40, 20]" in site.text("circuits/core.yaml")
    button(main, "Same in each round").click()
    main.locator("summary").first.click()
    main.get_by_label("Kind").first.select_option("amrap")
    expect(page.locator("#said")).to_contain_text("AMRAP")
    save(page)
    assert "amrap: 10:00" in site.text("circuits/core.yaml")
    assert site.problems() == []


def test_the_picture_and_the_bar_follow_each_change(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="circuit/core")
    wall, moment = page.locator(".wall"), page.locator(".moment")
    expect(wall).to_have_attribute("data-drawn", re.compile(r"\d"))
    open_card(page, "Plank")
    expect(moment).to_contain_text("Work: Plank")
    drawn = int(wall.get_attribute("data-drawn") or 0)
    button(card(page, "Plank"), "More: Amount").click()
    expect(card(page, "Plank").locator(".entry-title small")).to_contain_text("10")
    expect(wall).not_to_have_attribute("data-drawn", str(drawn))
    bar = page.get_by_role("slider")
    bar.press("Home")
    expect(bar).to_have_attribute("aria-valuetext", re.compile("0:00 · Get ready"))
    bar.press("ArrowRight")
    expect(bar).to_have_attribute("aria-valuetext", re.compile("Easy: High knees"))
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 3, box["y"] + 20)
    expect(moment).to_contain_text("Easy: Child's pose")


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
    page.reload()
    expect(titles).to_have_text(order)
    button(page, "What to do with Boxing, four rounds").click()
    choose(page, "Delete")
    answer(page, "Delete")
    expect(titles.first).to_have_text(first)
    button(page.locator(".toast"), "Undo").click()
    expect(titles).to_have_text(order)
    assert site.problems() == []


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


def test_it_works_by_keyboard_alone(site: Edited, browser: Browser) -> None:
    page = site.open(browser)

    def tab_to(name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            label = page.evaluate(
                "document.activeElement.getAttribute('aria-label')"
                " || document.activeElement.labels?.[0]?.textContent || document.activeElement.textContent"
            )
            if label.startswith(name):
                return
        raise AssertionError(f"no Tab leads to {name}")

    tab_to("New workout")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_be_focused()
    tab_to("Circuit")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_visible()
    tab_to("Name")
    page.keyboard.type("By keys")
    tab_to("Rounds")
    page.keyboard.press("ArrowUp")
    tab_to("Exercise")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Search exercises")).to_be_focused()
    page.keyboard.type("plank")
    page.keyboard.press("Enter")
    page.get_by_label("Search exercises").fill("")
    page.keyboard.type("burpee")
    page.keyboard.press("Enter")
    tab_to("Add 2 exercises")
    page.keyboard.press("Enter")
    expect(card(page, "Plank").locator(".entry-title")).to_be_focused()
    tab_to("Move Burpee")
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


def test_every_kind_of_workout_opens_as_it_is_in_its_file(browser: Browser, start: Start, tmp_path: Path) -> None:
    site = edited(start, tmp_path)
    for kind in ("circuits", "exercises"):
        for file in (WORKOUTS / kind).glob("*.yaml"):
            shutil.copy(file, site.folder / kind)
    page = site.open(browser)
    for file in sorted((site.folder / "circuits").glob("*.yaml")):
        go(page, f"circuit/{file.stem}")
        expect(page.locator(".editor-bar .state")).to_have_text("Saved")
        expect(page.locator(".sum")).not_to_have_text("–")
        assert page.locator(".error:visible").count() == 0, file.stem
    page.context.close()


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
