"""Editing a workout on the page: moving entries, changing kinds, and the wall's picture that follows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.page import Edited, button, go
from tests.page_editor import (
    card,
    choose,
    drag,
    expect_cards,
    open_card,
    save,
    set_field,
)

WORKOUTS = Path(__file__).parent / "workouts"


def add_every_kind(site: Edited) -> None:
    """Put a workout of each kind that there is into the config folder."""
    for kind in ("circuits", "exercises"):
        for file in (WORKOUTS / kind).glob("*.yaml"):
            shutil.copy(file, site.folder / kind)


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


def test_whatever_is_moved_or_becomes_another_kind_says_nothing_that_it_may_not_say(
    site: Edited, browser: Browser
) -> None:
    add_every_kind(site)
    page = site.open(browser)
    script = (Path(__file__).parent / "page_moves.js").read_text(encoding="utf-8")
    found = {
        f"{file.stem} {seed}": page.evaluate(script, [file.stem, seed])
        for file in sorted((WORKOUTS / "circuits").glob("*.yaml"))
        for seed in range(10)
    }
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_every_kind_of_workout_opens_as_it_is_in_its_file(site: Edited, browser: Browser) -> None:
    add_every_kind(site)
    page = site.open(browser)
    for file in sorted((site.folder / "circuits").glob("*.yaml")):
        go(page, f"circuit/{file.stem}")
        expect(page.locator(".editor-bar .state")).to_have_text("Saved")
        expect(page.locator(".sum")).not_to_have_text("–")
        assert page.locator(".error:visible").count() == 0, file.stem
