"""The page's exercises, pictures, settings, changes and remote in a real Chromium, by mouse, thumb and keys."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from kiosk.config import exercise
from tests.conftest import ROOT
from tests.page import PHONE, Edited, button, go, serious
from tests.page_editor import answer
from tests.program import Start
from tests.test_program import Desktop

PHOTO = """
async () => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 1600, height: 1200});
  const context = canvas.getContext("2d");
  context.fillStyle = "#c33";
  context.fillRect(0, 0, 800, 1200);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
}
"""
"""Draws a photo that is larger than the page sends; returns its file."""
CLIP = """
async () => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 240, height: 320});
  const context = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(25), {mimeType: "video/webm"});
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const end = new Promise((resolve) => { recorder.onstop = resolve; });
  recorder.start();
  for (let at = 0; at < 30; at += 1) {
    context.fillStyle = `hsl(${at * 12}, 80%, 50%)`;
    context.fillRect(0, 0, 240, 320);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  recorder.stop();
  await end;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
}
"""
"""Records a clip of a second or more; returns its file, which does not say how long it is."""
ROUTES = ("exercises", "exercise/side-plank", "exercise/new", "settings", "changes", "remote")


def made(page: Page, script: str, name: str, kind: str) -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": base64.b64decode(page.evaluate(script))}


def choose_file(page: Page, way: str, file: FilePayload, opener: str = "Add a picture") -> None:
    button(page, opener).click()
    with page.expect_file_chooser() as chooser:
        page.locator(".choice").filter(has=page.locator(f"strong:text-is('{way}')")).click()
    chooser.value.set_files(file)


def save(page: Page) -> None:
    button(page, "Save").click()
    # First the news: it goes by itself, which may be before a new exercise is read again.
    expect(page.locator(".toast")).to_contain_text("saved")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def error_of(page: Page, name: str) -> str:
    """Return what is wrong with a field, as somebody reads it below the field."""
    return page.locator(".field", has=page.get_by_label(name, exact=True)).locator(".error").inner_text()


# --- the list ---------------------------------------------------------------------------------------------------------


def test_exercises_are_found_by_name_muscle_and_equipment(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="exercises")
    cards = page.locator(".exercise-card")
    expect(cards).to_have_count(60)
    page.get_by_label("Search exercises").fill("press")
    expect(page.locator(".found")).to_have_text("2 of 60 exercises")
    page.get_by_label("Equipment").select_option("bench")
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("Dumbbell chest press")
    page.get_by_label("Muscle").select_option("Calves")
    button(page, "Show all exercises").click()
    expect(cards).to_have_count(60)
    page.get_by_label("Equipment").select_option("No equipment")
    expect(page.get_by_role("link", name=re.compile("Squat jump"))).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Side plank"))).to_have_count(0)


def test_a_search_is_still_there_when_people_come_back(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="exercises")
    page.get_by_label("Search exercises").fill("side plank")
    page.get_by_role("link", name=re.compile("Side plank")).click()
    expect(page.get_by_role("heading", name="Side plank")).to_be_visible()
    page.get_by_role("link", name="Exercises", exact=True).first.click()
    expect(page.locator(".exercise-card")).to_have_count(1)


def test_pictures_are_there(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="exercises")
    page.get_by_label("Search exercises").fill("bridge")
    expect(page.locator(".exercise-card img")).to_have_js_property("naturalWidth", 320)


# --- one exercise -----------------------------------------------------------------------------------------------------


def test_an_own_exercise_with_a_photo_by_thumb(site: Edited, browser: Browser) -> None:
    page = site.open(browser, PHONE, route="exercises")
    page.get_by_role("link", name="New exercise").tap()
    page.get_by_label("Name", exact=True).fill("Sled push")
    choose_file(page, "Photo", made(page, PHOTO, "sled.png", "image/png"))
    button(page, "Use this photo").tap()
    expect(page.locator(".picture-now")).to_contain_text("Own photo")
    page.get_by_label("How", exact=True).fill("Arms straight, hips low\nPush with short steps")
    page.get_by_placeholder("Add a muscle").fill("Quads, Glutes")
    button(page, "Add a muscle").tap()
    button(page, "Add a cue").tap()
    page.get_by_label("cue 1", exact=True).fill("Short steps")
    page.locator("label", has_text="One, then the other").tap()
    page.locator("label", has_text="Left").tap()
    page.get_by_label("Show an easier way").tap()
    button(page, "More: Hold").tap()
    save(page)
    expect(page.get_by_role("heading", name="Sled push", level=1)).to_be_visible()
    assert site.text("exercises/sled-push.yaml").splitlines() == [
        "name: Sled push",
        "muscles:",
        "  - Quads",
        "  - Glutes",
        "how:",
        "  - Arms straight, hips low",
        "  - Push with short steps",
        "cues:",
        "  - Short steps",
        "sides: each",
        "first_side: left",
        "easier:",
        "  hold: 15",
        "  rest: 5",
        "picture: sled-push",
    ]
    assert (site.folder / "pictures" / "sled-push.jpg").read_bytes().startswith(b"\xff\xd8")
    assert site.problems() == []


def test_an_own_exercise_with_a_clip(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="exercise/side-plank")
    choose_file(page, "Clip", made(page, CLIP, "plank.webm", "video/webm"), "Change picture")
    length = page.get_by_label("Length", exact=True)
    expect(length).to_be_visible()
    assert serious(page) == []
    length.fill("0.8")
    page.get_by_label("Start", exact=True).fill("0.2")
    page.get_by_label("Up or down").fill("0")
    button(page, "See it as a loop").click()
    expect(page.get_by_role("img", name="The clip as a loop")).to_be_visible()
    expect(page.get_by_role("dialog")).to_contain_text("8 pictures")
    button(page, "Use this clip").click()
    expect(page.locator(".picture-now")).to_contain_text("Own clip")
    save(page)
    button(page, "Play").click()
    expect(page.get_by_role("img", name="The clip as a loop")).to_be_visible()
    frames = sorted(path.name for path in (site.folder / "pictures").iterdir())
    assert frames == [f"side-plank-{number:02}.jpg" for number in range(1, 9)]
    text = site.text("exercises/side-plank.yaml")
    assert "picture: side-plank\n" in text
    assert "figure:" not in text
    assert site.problems() == []


def test_the_figure_comes_from_the_library(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="exercise/new")
    page.get_by_label("Name", exact=True).fill("Wide squat")
    button(page, "Add a picture").click()
    page.locator(".choice").first.click()
    page.get_by_label("Search figures").fill("sumo")
    button(page, "Sumo squat").click()
    expect(page.get_by_role("region", name="What the wall will show").locator("img")).to_be_visible()
    save(page)
    assert site.text("exercises/wide-squat.yaml") == "name: Wide squat\nfigure: sumo-squat\n"


def test_a_file_that_is_no_picture_is_said_at_its_field(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="exercise/plank")
    for way in ("Photo", "Clip"):
        choose_file(page, way, {"name": "plan.pdf", "mimeType": "image/png", "buffer": b"%PDF"}, "Change picture")
        expect(page.locator(".picture-field .error")).to_contain_text("This browser cannot")
    expect(button(page, "Save")).to_be_disabled()


@pytest.mark.parametrize(("way", "kind"), [("Take a photo", "image/*"), ("Record a clip", "video/*")])
def test_the_camera_is_asked_for_what_is_wanted(site: Edited, browser: Browser, way: str, kind: str) -> None:
    page = site.open(browser, PHONE, route="exercise/plank")
    button(page, "Change picture").tap()
    with page.expect_file_chooser() as chooser:
        page.locator(".choice").filter(has=page.locator(f"strong:text-is('{way}')")).tap()
    field = chooser.value.element
    assert (field.get_attribute("accept"), field.get_attribute("capture")) == (kind, "environment")


def test_a_mistake_is_told_at_its_field_and_nothing_is_saved(site: Edited, browser: Browser) -> None:
    before = site.text("exercises/plank.yaml")
    page = site.open(browser, route="exercise/plank")
    # Copied texts may have letters that nobody sees.
    page.get_by_label("Name", exact=True).fill("Front\u200bplank")
    expect(button(page, "1 to fix")).to_be_visible()
    assert "cannot be shown" in error_of(page, "Name")
    button(page, "Save").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.get_by_label("Name", exact=True).fill("")
    expect(page.locator(".field.wrong .error")).to_have_text("Please type something here.")
    button(page, "Save").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    assert site.text("exercises/plank.yaml") == before


def test_it_says_how_much_fits_on_the_wall(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="exercise/plank")
    tip = page.locator(".field", has=page.get_by_label("Tip", exact=True))
    page.get_by_label("Tip", exact=True).fill("Hips low")
    expect(tip).to_contain_text("8 of 34 a line")
    page.get_by_label("Tip", exact=True).fill("x" * 40)
    expect(tip).to_contain_text("smaller letters, up to 34 are large")
    page.get_by_label("Tip", exact=True).fill("x" * (exercise.LINES + 1))
    expect(tip).to_contain_text(f"{exercise.LINES + 1} characters")
    most = page.evaluate("import('/static/room.js').then((room) => room.MOST)")
    assert most == {
        "name": exercise.NAME,
        "short": exercise.SHORT,
        "lines": exercise.LINES,
        "cue": exercise.CUE,
        "steps": exercise.STEPS,
        "muscles": exercise.MUSCLES,
        "equipment": exercise.THINGS,
    }


def test_a_name_that_is_taken_is_said(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="exercise/new")
    page.get_by_label("Name", exact=True).fill("side plank")
    expect(page.locator(".field", has=page.get_by_label("Name", exact=True)).locator(".warning")).to_have_text(
        "Another exercise is called that. Choose another name."
    )


def test_comments_survive_and_only_what_changed_is_written(site: Edited, browser: Browser) -> None:
    before = site.text("exercises/back-extension.yaml")
    page = site.open(browser, route="exercise/back-extension")
    page.get_by_label("cue 2", exact=True).fill("Stop at straight")
    save(page)
    assert site.text("exercises/back-extension.yaml") == before.replace("- Never past straight", "- Stop at straight")


def test_of_two_who_save_the_second_is_told_what_the_first_changed(site: Edited, browser: Browser) -> None:
    first = site.open(browser, route="exercise/plank")
    second = site.open(browser, route="exercise/plank")
    first.get_by_label("Short name").fill("Front plank")
    save(first)
    second.get_by_label("Tip", exact=True).fill("Breathe")
    button(second, "Save").click()
    dialog = second.get_by_role("dialog")
    expect(dialog).to_contain_text("Front plank")
    dialog.get_by_role("button", name=re.compile("Save mine over it")).click()
    expect(second.locator(".toast")).to_contain_text("saved")
    text = site.text("exercises/plank.yaml")
    assert "Breathe" in text
    assert site.problems() == []


def test_what_somebody_else_has_deleted_can_go_or_come_back(site: Edited, browser: Browser) -> None:
    pages = [site.open(browser, route="exercise/box-jump") for _ in range(2)]
    for page in pages:
        page.get_by_label("Tip", exact=True).fill("Step down")
    (site.folder / "exercises" / "box-jump.yaml").unlink()
    button(pages[0], "Save").click()
    expect(pages[0].get_by_role("dialog")).to_contain_text("It was deleted.")
    pages[0].get_by_role("button", name=re.compile("Take theirs")).click()
    expect(pages[0].get_by_role("heading", name="Exercises", level=1)).to_be_visible()
    button(pages[1], "Save").click()
    pages[1].get_by_role("button", name=re.compile("Save mine over it")).click()
    expect(pages[1].locator(".toast")).to_contain_text("saved")
    assert "Step down" in site.text("exercises/box-jump.yaml")


def test_who_leaves_with_something_unsaved_is_asked(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="exercise/plank")
    page.get_by_label("Tip", exact=True).fill("Breathe")
    page.get_by_role("link", name="Settings").click()
    button(page, "Stay").click()
    expect(page.get_by_label("Tip", exact=True)).to_have_value("Breathe")
    page.get_by_role("link", name="Settings").click()
    button(page, "Leave without saving").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    assert "Breathe" not in site.text("exercises/plank.yaml")


def test_a_copy_is_made_and_deleted_and_one_in_use_stays(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="exercise/plank")
    expect(page.locator(".uses").get_by_role("link", name="Core", exact=True)).to_be_visible()
    button(page, "More").click()
    page.locator(".choice", has_text="Delete").click()
    expect(page.get_by_role("dialog")).to_contain_text("Take it out of the workouts")
    button(page, "All right").click()
    button(page, "More").click()
    page.locator(".choice", has_text="Make a copy").click()
    page.get_by_label("Name of the copy").fill("Knee plank")
    button(page, "Make it").click()
    expect(page.get_by_role("heading", name="Knee plank", level=1)).to_be_visible()
    assert site.text("exercises/knee-plank.yaml").count("Knee plank") == 1
    button(page, "More").click()
    page.locator(".choice", has_text="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="Exercises", level=1)).to_be_visible()
    assert not (site.folder / "exercises" / "knee-plank.yaml").exists()
    button(page, "Undo").click()
    expect(page.get_by_role("heading", name="Knee plank", level=1)).to_be_visible()


def test_an_exercise_by_keys_alone(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="exercise/new")
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("Bear crawl")
    page.get_by_placeholder("Add a muscle").focus()
    page.keyboard.type("Abs")
    page.keyboard.press("Enter")
    page.keyboard.type("Shoulders")
    page.keyboard.press("Tab")
    expect(page.locator(".word-chips li")).to_have_text(["Abs", "Shoulders"])
    page.get_by_role("radio", name="No sides").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("switch").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    button(page, "Save").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("saved")
    assert site.text("exercises/bear-crawl.yaml") == (
        "name: Bear crawl\nmuscles:\n  - Abs\n  - Shoulders\nsides: alternate\neasier:\n  hold: 15\n  rest: 5\n"
    )


# --- settings ---------------------------------------------------------------------------------------------------------


def test_settings_are_saved_and_the_file_keeps_its_comments(site: Edited, browser: Browser) -> None:
    before = site.text("kiosk.yaml")
    page = site.open(browser, PHONE, route="settings")
    page.get_by_label("Workout on the start screen").select_option("Core")
    page.get_by_label("Dim the start screen").tap()
    page.get_by_label("Signals from the loudspeakers").tap()
    page.locator("label", has_text="By day").tap()
    page.get_by_label("Saturday: open or closed").select_option("From – to")
    page.get_by_label("Saturday: opens").fill("09:00")
    page.get_by_label("Saturday: closes").fill("09:00")
    page.get_by_label("Sunday: open or closed").select_option("Closed")
    button(page, "Save").tap()
    expect(page.locator(".hours > .error")).to_be_visible()
    page.get_by_label("Saturday: closes").fill("18:00")
    save(page)
    text = site.text("kiosk.yaml")
    for line in ("circuit: core", "dim_after: 0", "speakers: off", "saturday: 9:00-18:00", "sunday: closed"):
        assert line in text
    assert [line for line in before.splitlines() if line.startswith("#")] == [
        line for line in text.splitlines() if line.startswith("#")
    ]
    assert site.problems() == []
    page.reload()
    expect(page.get_by_label("Saturday: closes")).to_have_value("18:00")


@pytest.mark.parametrize(
    ("open_", "again"),
    [
        ("always", "always"),
        ("closed", "closed"),
        ("6:00-22:00", "6:00-22:00"),
        ("06:30 – 24:00", "6:30-24:00"),
        ("18:00-2:00", "18:00-2:00"),
        ({"sunday": "closed"}, {"sunday": "closed"}),
        ({"monday": "0:00-24:00"}, {"monday": "0:00-24:00"}),
        (
            dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), "closed"),
            "closed",
        ),
    ],
)
def test_opening_hours_stay_what_they_are(page_of_hours: Page, open_: object, again: object) -> None:
    script = "(open) => import('/static/hours.js').then((hours) => hours.openOf(hours.weekOf(open)))"
    assert page_of_hours.evaluate(script, open_) == again


@pytest.fixture(scope="module")
def page_of_hours(browser: Browser) -> Iterator[Page]:
    """Yield a page that has the modules of the page, without its server."""
    context = browser.new_context()
    static = ROOT / "kiosk" / "editor" / "static"
    context.route("**/static/*", lambda route: route.fulfill(path=static / route.request.url.rsplit("/", 1)[1]))
    context.route("http://page.test/", lambda route: route.fulfill(body="", content_type="text/html"))
    page = context.new_page()
    page.goto("http://page.test/")
    yield page
    context.close()


# --- changes ----------------------------------------------------------------------------------------------------------


def rename(page: Page, name: str, title: str) -> None:
    go(page, f"exercise/{name}")
    page.get_by_label("Name", exact=True).fill(title)
    save(page)


def test_changes_are_undone_back_to_before_one(site: Edited, browser: Browser) -> None:
    before = site.text("exercises/plank.yaml")
    page = site.open(browser)
    rename(page, "plank", "Long plank")
    rename(page, "plank", "Short plank")
    go(page, "changes")
    changes = page.locator(".changes .card")
    expect(changes).to_have_count(2)
    changes.nth(1).get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_contain_text("The change after it will be undone, too.")
    button(page, "Undo 2 changes").click()
    expect(changes).to_have_count(3)
    assert site.text("exercises/plank.yaml") == before
    changes.first.get_by_role("button").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo", exact=True).click()
    expect(changes).to_have_count(4)
    assert "Short plank" in site.text("exercises/plank.yaml")


def test_undo_right_after_saving(site: Edited, browser: Browser) -> None:
    before = site.text("exercises/plank.yaml")
    page = site.open(browser)
    rename(page, "plank", "Long plank")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Plank")
    assert site.text("exercises/plank.yaml") == before


def test_back_to_how_it_came(site: Edited, browser: Browser) -> None:
    before = site.text("exercises/plank.yaml")
    page = site.open(browser)
    rename(page, "plank", "Long plank")
    go(page, "changes")
    button(page, "Back to how it came").click()
    page.get_by_role("dialog").get_by_role("button", name="Back to how it came").click()
    expect(page.locator(".toast")).to_contain_text("Everything is as it came")
    assert site.text("exercises/plank.yaml") == before


def test_everything_goes_down_as_a_zip_and_up_again(site: Edited, browser: Browser, tmp_path: Path) -> None:
    before = site.text("exercises/plank.yaml")
    page = site.open(browser, route="changes")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    zipped = tmp_path / download.value.suggested_filename
    download.value.save_as(zipped)
    assert zipped.suffix == ".zip"
    rename(page, "plank", "Long plank")
    go(page, "changes")
    upload(page, zipped)
    expect(page.locator(".toast")).to_contain_text("The files are on the wall")
    assert site.text("exercises/plank.yaml") == before
    zipped.write_bytes(b"no zip")
    upload(page, zipped)
    expect(page.locator(".view.changes [role=alert]")).to_be_visible()
    assert site.text("exercises/plank.yaml") == before


def upload(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chooser:
        button(page, "Upload a zip file").click()
    chooser.value.set_files(file)
    button(page, "Take it").click()


# --- the remote -------------------------------------------------------------------------------------------------------


def test_without_a_wall_the_remote_says_so(site: Edited, browser: Browser) -> None:
    page = site.open(browser, route="remote")
    expect(page.get_by_role("heading", name="No wall found")).to_be_visible()
    expect(button(page, "Start")).to_be_hidden()


def test_the_remote_runs_a_wall(
    site: Edited, browser: Browser, start: Start, display: str, config_folder: Path
) -> None:
    page = site.open(browser, PHONE, route="remote")
    desktop = Desktop(start, display, config_folder)
    desktop.program.wait_for("remote: /")
    stage = page.locator(".now-stage")
    expect(stage).to_contain_text("Short circuit")
    for name in ("Back", "Skip", "Stop", "Done", "+1 round"):
        expect(button(page, name)).to_be_disabled()
    button(page, "Start").tap()
    desktop.program.wait_for("started: Short circuit")
    expect(stage).to_contain_text("Glute bridge")
    assert serious(page) == []
    button(page, "Skip").tap()
    desktop.program.wait_for("work, Glute bridge")
    button(page, "Pause").tap()
    desktop.program.wait_for("paused at 0:")
    expect(stage).to_contain_text("Paused")
    button(page, "Back").tap()
    button(page, "Resume").tap()
    desktop.program.wait_for("resumed at 0:")
    button(page, "Stop").tap()
    page.get_by_role("dialog").get_by_role("button", name="Stop").tap()
    desktop.program.wait_for("stopped at 0:.*start screen")
    expect(button(page, "Start")).to_be_enabled()
    button(page, "Other workout").tap()
    expect(stage).to_contain_text("Choose a workout")
    button(page, "Next one").tap()
    expect(stage).to_contain_text("Back and core for runners")
    button(page, "Choose").tap()
    expect(button(page, "Start")).to_be_enabled()
    assert desktop.program.end() == 0
    expect(page.get_by_role("heading", name="No wall found")).to_be_visible()


def test_the_remote_counts_rounds_and_ends_open_work(
    site: Edited, browser: Browser, start: Start, display: str, config_folder: Path
) -> None:
    (config_folder / "circuits" / "short.yaml").write_text(
        "name: Finisher\nget_ready: 1\nexercises:\n  - {name: Rows, work: open}\n"
        "  - {amrap: 20:00, exercises: [{name: Swings, amount: 10}, {name: Squats}]}\n"
    )
    desktop = Desktop(start, display, config_folder)
    desktop.program.wait_for("remote: /")
    page = site.open(browser, PHONE, route="remote")
    button(page, "Start").tap()
    button(page, "Done").tap()
    button(page, "Skip").tap()
    for number in (1, 2):
        button(page, "+1 round").tap()
        desktop.program.wait_for(f"round {number} counted at")
    expect(page.locator(".now-stage")).to_contain_text("2 rounds done")
    expect(page.locator(".now-list li")).to_have_text(["Swings", "Squats"])
    button(page, "Back").tap()
    expect(page.locator(".now-stage")).to_contain_text("1 round done")
    button(page, "Pause").tap()
    desktop.program.wait_for("paused at")


def test_what_is_saved_is_on_the_running_wall(site: Edited, browser: Browser, start: Start, display: str) -> None:
    desktop = Desktop(start, display, site.folder)
    desktop.program.wait_for("remote: /")
    page = site.open(browser, route="exercise/back-extension")
    choose_file(page, "Photo", made(page, PHOTO, "ball.png", "image/png"), "Change picture")
    answer(page, "Use this photo")
    page.get_by_label("Name", exact=True).fill("Ball back extension")
    save(page)
    desktop.program.wait_for("config reloaded")
    go(page, "remote")
    button(page, "Start").click()
    expect(page.locator(".now-stage")).to_contain_text("Ball back extension")
    desktop.program.wait_for("next Ball back extension")


# --- for everybody ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
def test_axe_finds_nothing_serious(site: Edited, browser: Browser, light: bool) -> None:
    page = site.open(browser, PHONE, light=light)
    for route in ROUTES:
        go(page, route)
        expect(page.locator(".waiting")).to_have_count(0)
        assert serious(page) == [], route
    go(page, "exercise/plank")
    button(page, "Change picture").click()
    page.locator(".choice").first.click()
    expect(button(page, "Sumo squat")).to_be_visible()
    assert serious(page) == []


@pytest.mark.parametrize("width", [320, 360, 768, 1366])
def test_nothing_is_wider_than_the_window(site: Edited, browser: Browser, width: int) -> None:
    page = site.open(browser, {"width": width, "height": 740})
    for route in ROUTES:
        go(page, route)
        expect(page.locator(".waiting")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, route
