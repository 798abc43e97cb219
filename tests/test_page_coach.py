"""A coach who has never seen the page, in a real Chromium, with a wall that runs: one story from end to end."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.page import PHONE, Edited, button, go, tab_to
from tests.page_editor import (
    add_exercises,
    add_part,
    answer,
    begin_class,
    card,
    error_at,
    expect_cards,
    open_card,
    save,
    set_field,
)
from tests.program import Start
from tests.test_page_views import CLIP, PHOTO, choose_file, made
from tests.test_page_views import save as save_exercise
from tests.test_program import Desktop

MONDAY = """\
name: Monday class
exercises:
  - name: Strength
    rounds: 4
    work: 45
    changeover: 15
    round_break: 60
    exercises:
      - sled-push
      - rope-wave
  - name: AMRAP
    amrap: 8:00
    exercises:
      - {exercise: burpee, amount: 5}
      - sled-push
  - name: Cool-down
    easy: true
    work: 40
    changeover: 10
    exercises:
      - cobra
"""


def wall_of(site: Edited, start: Start, display: str) -> Desktop:
    """Run a wall that shows what the page changes."""
    wall = Desktop(start, display, site.folder)
    wall.program.wait_for("remote: /")
    return wall


def part_of(page: Page, name: str) -> Locator:
    """Return the link to a part of the page."""
    return page.locator(".places").get_by_role("link", name=name)


def put(site: Edited) -> None:
    """Put the class into the config folder, with exercises that have no pictures."""
    for name in ("Sled push", "Rope wave"):
        file = site.folder / "exercises" / f"{name.lower().replace(' ', '-')}.yaml"
        file.write_text(f"name: {name}\n", encoding="utf-8")
    (site.folder / "circuits" / "monday-class.yaml").write_text(MONDAY, encoding="utf-8")


def make_exercise(page: Page, name: str, way: str, file: FilePayload, *answers: str) -> None:
    """Make an exercise with an own photo or clip, and save it."""
    part_of(page, "Exercises").click()
    page.get_by_role("link", name="New exercise").click()
    page.get_by_label("Name", exact=True).fill(name)
    choose_file(page, way, file)
    for one in answers:
        button(page, one).click()
    expect(page.locator(".picture-now")).to_contain_text(f"Own {way.lower()}")
    save_exercise(page)


def start_on_wall(page: Page, title: str) -> None:
    """Choose a workout from the wall's list by the page's remote, and start it."""
    go(page, "remote")
    button(page, "Other workout").click()
    expect(page.locator(".now-stage")).to_contain_text("Choose a workout")
    shown = page.locator(".now-title")
    while (other := shown.inner_text()) != title:
        button(page, "Next one").click()
        expect(shown).not_to_have_text(other)
    button(page, "Choose").click()
    expect(button(page, "Start")).to_be_enabled()
    button(page, "Start").click()


def test_a_class_with_own_exercises_is_made_and_is_on_the_wall(
    site: Edited, browser: Browser, start: Start, display: str
) -> None:
    wall = wall_of(site, start, display)
    page = site.open(browser)

    photo = made(page, PHOTO, "sled.png", "image/png")
    make_exercise(page, "Sled push", "Photo", photo, "Use this photo")
    wall.program.wait_for("config reloaded")
    clip = made(page, CLIP, "rope.webm", "video/webm")
    make_exercise(page, "Rope wave", "Clip", clip, "See it as a loop", "Use this clip")
    wall.program.wait_for("config reloaded")

    part_of(page, "Workouts").click()
    page.get_by_role("link", name="New workout").click()
    begin_class(page, "Sled push", "Rope wave")
    add_part(page, "AMRAP")
    set_field(open_card(page, "AMRAP"), "Time", "8")
    add_exercises(page, card(page, "AMRAP"), "Burpee", "Sled push")
    set_field(open_card(page, "Burpee"), "Amount", "5")
    add_part(page, "Cool-down")
    add_exercises(page, card(page, "Cool-down"), "Cobra")
    expect(page.locator(".wall")).to_have_attribute("data-drawn", re.compile(r"\d"))
    save(page)
    wall.program.wait_for("config reloaded")
    assert site.text("circuits/monday-class.yaml") == MONDAY
    assert site.problems() == []

    start_on_wall(page, "Monday class")
    wall.program.wait_for("started: Monday class")
    expect(page.locator(".now-stage")).to_contain_text("Sled push")


def test_a_mistake_in_a_class_is_told_and_undone_and_of_two_coaches_both_keep_theirs(
    site: Edited, browser: Browser, start: Start, display: str
) -> None:
    put(site)
    wall = wall_of(site, start, display)
    page, other = (site.open(browser, route="circuit/monday-class") for _ in range(2))

    strength = open_card(page, "Strength")
    set_field(strength, "Work", "")
    expect(error_at(strength, "Work")).to_have_text("Say how long the work is.")
    button(page, "Save").click()
    expect(strength.get_by_label("Work", exact=True).first).to_be_focused()
    expect(page.locator(".toast")).to_contain_text("Not saved: 1 thing to fix")
    assert site.text("circuits/monday-class.yaml") == MONDAY
    button(page.locator(".editor-bar"), "Undo").click()
    expect(strength.get_by_label("Work", exact=True).first).to_have_value("45")
    expect(page.locator(".error:visible")).to_have_count(0)
    expect(page.locator(".toast")).to_have_count(0)
    expect(page.locator(".editor-bar .state")).to_have_text("Saved")

    set_field(strength, "Rounds", "5")
    save(page)
    wall.program.wait_for("config reloaded")
    set_field(open_card(other, "AMRAP"), "Time", "12")
    button(other, "Save").click()
    expect(other.locator(".changed")).to_have_text("Strength: Rounds: 4 is now 5")
    answer(other, "Save mine as a copy")
    expect(other.locator("main h1")).to_have_text("Monday class (copy)")
    wall.program.wait_for("config reloaded")
    assert site.text("circuits/monday-class.yaml") == MONDAY.replace("rounds: 4", "rounds: 5")

    go(page, "changes")
    changes = page.locator(".changes .card")
    expect(changes).to_have_count(2)
    changes.nth(1).get_by_role("button").click()
    button(page, "Undo 2 changes").click()
    expect(changes).to_have_count(3)
    wall.program.wait_for("config reloaded")
    assert site.text("circuits/monday-class.yaml") == MONDAY
    assert [path.name for path in site.folder.glob("circuits/monday*")] == ["monday-class.yaml"]
    assert wall.program.found("(config .* not )") == []


def test_a_class_with_an_own_photo_by_taps_alone(site: Edited, browser: Browser) -> None:
    page = site.open(browser, PHONE)
    part_of(page, "Exercises").tap()
    page.get_by_role("link", name="New exercise").tap()
    page.get_by_label("Name", exact=True).fill("Sled push")
    button(page, "Add a picture").tap()
    with page.expect_file_chooser() as chooser:
        page.locator(".choice", has_text="Take a photo").tap()
    chooser.value.set_files(made(page, PHOTO, "sled.png", "image/png"))
    button(page, "Use this photo").tap()
    button(page, "Save").tap()
    expect(page.locator(".toast")).to_contain_text("“Sled push” is saved")
    page.locator("a.back").tap()

    part_of(page, "Workouts").tap()
    page.get_by_role("link", name="New workout").tap()
    page.get_by_role("link", name="Class of blocks").tap()
    page.get_by_label("Name", exact=True).first.fill("Thumbs")
    button(card(page, "Main part"), "Exercise").tap()
    page.get_by_label("Search exercises").fill("sled")
    page.locator(".pick", has_text="Sled push").tap()
    button(page, "Add 1 exercise").tap()
    button(page, "Block or other part").tap()
    page.locator(".choice", has_text="AMRAP").tap()
    button(card(page, "AMRAP"), "Exercise").tap()
    page.locator(".pick", has_text="Bench dip").tap()
    page.locator(".pick", has_text="Bird dog").tap()
    button(page, "Add 2 exercises").tap()
    card(page, "Bench dip").locator(".entry-title").tap()
    button(card(page, "Bench dip"), "More: Amount").tap()
    button(page, "Save").tap()
    expect(page.locator(".editor-bar .state")).to_have_text("Saved")
    page.locator("a.back").tap()
    expect(page.get_by_role("link", name=re.compile("^Thumbs"))).to_contain_text("AMRAP")
    assert site.text("circuits/thumbs.yaml").endswith(
        "    exercises:\n      - sled-push\n  - name: AMRAP\n    amrap: 10:00\n"
        "    exercises:\n      - {exercise: bench-dip, amount: 10}\n      - bird-dog\n"
    )
    assert site.problems() == []


def test_a_class_by_keys_alone(site: Edited, browser: Browser) -> None:
    page = site.open(browser)

    def press(name: str, key: str = "Enter") -> None:
        tab_to(page, name)
        page.keyboard.press(key)

    def pick(*names: str) -> None:
        expect(page.get_by_label("Search exercises")).to_be_focused()
        for name in names:
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type(name)
            page.keyboard.press("Enter")
        press("Add ")
        expect(card(page, names[0]).locator(".entry-title")).to_be_focused()

    press("New workout")
    expect(page.locator("main h1")).to_be_focused()
    press("Class of blocks")
    expect(page.get_by_label("Name", exact=True)).to_be_visible()
    tab_to(page, "Name")
    page.keyboard.type("By keys")
    press("Exercise")
    pick("Squat jump", "Push-up")
    press("Block or other part")
    press("AMRAP")
    expect(card(page, "AMRAP").locator(".entry-title")).to_be_focused()
    press("Exercise")
    pick("Burpee")
    press("Block or other part")
    press("Cool-down")
    expect(card(page, "Cool-down").locator(".entry-title")).to_be_focused()
    press("Exercise")
    pick("Cobra")
    page.keyboard.press("Control+s")
    expect(page.locator(".editor-bar .state")).to_have_text("Saved")
    expect_cards(
        page.locator(".editor-form"),
        *("Main part", "Squat jump", "Push-up", "AMRAP", "Burpee", "Cool-down", "Cobra"),
    )
    assert "amrap: 10:00\n" in site.text("circuits/by-keys.yaml")
    assert site.problems() == []
