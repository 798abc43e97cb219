"""The phone screen: how it is opened and closed, what becomes of it in time, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.circuit import Circuit
from kiosk.journal import events, summary
from kiosk.look import CODE_BRIGHT_S, look
from kiosk.meaning import Meaning, hold_means, press_means
from kiosk.notice import ERROR_S
from kiosk.phone import PageState, Phone
from kiosk.remote.answer import answer
from kiosk.session import CHOOSER_S, PHONE_AGAIN_S, Command, Phase, Rules, Session, next_due_s, step
from kiosk.timeline import Cue, Timeline
from kiosk.view import ChooserView, PhoneView, StartView
from kiosk.words import words
from tests.samples import circuit
from tests.test_session import BOOT_S, Player

CIRCUITS = tuple(circuit(name=name) for name in ("Alpha", "Beta"))
OPEN = Phone(PageState.OPEN, "http://192.168.1.42", "482913", ("10", "01"), BOOT_S + 6, BOOT_S + 606)
IN_USE = OPEN._replace(state=PageState.IN_USE)
FAILED = Phone(PageState.FAILED, what="There is no network.", fix="Connect it.")


def start_screen(*made: Circuit, phone: bool = True) -> Player:
    return Player.of(*(made or CIRCUITS), rules=Rules(phone=phone))


def at_entry(player: Player | None = None) -> Player:
    """Return a player in the list at the entry for a phone, 3 s after the boot."""
    player = player or start_screen()
    player.press(0, held_s=2)
    for _ in range(len(player.session.timelines)):
        player.press(2.5, held_s=0)
    assert player.session.at_phone_entry
    return player.at(3)


def asked(player: Player | None = None) -> Player:
    """Return a player at the phone screen, 5 s after the boot, with the button still down."""
    return at_entry(player).at(3, Command.PRESS).at(5)


def told(phone: Phone | None, player: Player | None = None, at_s: float = 6) -> Player:
    """Return a player that knows this of the page, which somebody has asked for."""
    player = (player or asked().at(5.5, Command.RELEASE)).at(at_s)
    player.session = player.session.telling(phone)
    return player


def view(player: Player) -> object:
    return look(player.session).view


class TestEntry:
    def test_it_comes_after_the_circuits_and_before_the_first_one(self) -> None:
        shown = view(at_entry())
        assert isinstance(shown, ChooserView)
        assert (shown.place, shown.entries, shown.timeline()) == (2, 3, None)
        following, before = shown.timeline(1), shown.timeline(-1)
        assert following is not None
        assert before is not None
        assert (before.circuit.name, following.circuit.name) == ("Beta", "Alpha")
        assert at_entry().press(3, held_s=0).session.choice == 0

    def test_back_reaches_it_at_once(self) -> None:
        player = start_screen().press(0, held_s=2).at(3, Command.BACK)
        assert player.session.at_phone_entry

    def test_without_a_page_there_is_none(self) -> None:
        player = start_screen(phone=False).press(0, held_s=2)
        for _ in range(2):
            player.press(3, held_s=0)
        assert player.session.choice == 0

    @pytest.mark.parametrize(("phone", "phase"), [(True, Phase.CHOOSING), (False, Phase.IDLE)])
    def test_a_single_circuit_has_a_list_only_because_of_it(self, phone: bool, phase: Phase) -> None:
        player = start_screen(circuit(), phone=phone)
        shown = view(player)
        assert isinstance(shown, StartView)
        assert shown.circuits == 1 + phone
        assert player.press(0, held_s=2).phase is phase

    def test_if_nobody_chooses_it_the_start_screen_comes_back(self) -> None:
        player = at_entry().at(3 + CHOOSER_S)
        assert (player.phase, player.session.phone) == (Phase.IDLE, None)


class TestOpening:
    def test_a_hold_asks_for_the_page_and_the_chosen_circuit_stays(self) -> None:
        player = asked()
        assert (player.phase, player.session.phone, player.session.chosen) == (Phase.PHONE, Phone(), 0)
        assert player.cues[-1] is Cue.CHOSEN
        assert view(player) == PhoneView(PageState.OPENING)

    def test_however_long_that_hold_lasts_it_does_no_more(self) -> None:
        assert asked().at(60).at(61, Command.RELEASE).phase is Phase.PHONE

    def test_it_waits_for_the_page(self) -> None:
        assert next_due_s(asked().session) == float("inf")

    def test_then_it_shows_how_to_reach_it_and_how_long(self) -> None:
        player = told(OPEN)
        assert view(player) == PhoneView(PageState.OPEN, OPEN.address, OPEN.number, OPEN.code, 600, 600)
        assert view(player.at(7)) == PhoneView(PageState.OPEN, OPEN.address, OPEN.number, OPEN.code, 599, 600)

    def test_a_new_number_is_shown_at_once(self) -> None:
        shown = view(told(OPEN._replace(number="123456"), told(OPEN), 8))
        assert isinstance(shown, PhoneView)
        assert shown.number == "123456"

    def test_the_code_is_bright_for_five_minutes(self) -> None:
        player = told(OPEN)

        def dark(at_s: float) -> bool:
            shown = view(player.at(at_s))
            assert isinstance(shown, PhoneView)
            return shown.dark

        since_s = 5
        assert not dark(since_s + CODE_BRIGHT_S - 0.01)
        assert look(player.session).until_s <= BOOT_S + since_s + CODE_BRIGHT_S + 0.01
        assert dark(since_s + CODE_BRIGHT_S)


class TestClosing:
    @pytest.mark.parametrize("phone", [None, OPEN, IN_USE, FAILED])
    @pytest.mark.parametrize("held_s", [0.1, 3.0])
    def test_a_press_and_a_hold_close_it_and_do_nothing_else(self, phone: Phone | None, held_s: float) -> None:
        player = asked().at(5.5, Command.RELEASE)
        if phone is IN_USE:
            told(IN_USE, player)
            player = asked_again(player)
        elif phone is not None:
            told(phone, player)
        player.heard.clear()
        player.at(20, Command.PRESS)
        assert (player.phase, player.session.phone, player.cues) == (Phase.IDLE, None, [Cue.PRESS])
        assert player.at(20 + held_s).at(20 + held_s, Command.RELEASE).phase is Phase.IDLE

    def test_skip_and_back_change_nothing(self) -> None:
        assert told(OPEN).at(7, Command.SKIP).at(8, Command.BACK).phase is Phase.PHONE

    def test_nobody_came(self) -> None:
        player = told(OPEN).at(605.9)
        assert player.phase is Phase.PHONE
        assert next_due_s(player.session) == OPEN.closes_s
        assert (player.at(606).phase, player.session.phone) == (Phase.IDLE, None)

    def test_it_has_closed_by_itself(self) -> None:
        player = told(None)
        assert (player.phase, player.session.phone) == (Phase.IDLE, None)


def asked_again(player: Player) -> Player:
    """Return the player with the entry for a phone chosen once more, 15 s after the boot."""
    player.press(8, held_s=2).at(11, Command.BACK).press(12, held_s=2)
    assert player.phase is Phase.PHONE
    return player.at(15)


class TestInUse:
    def test_as_soon_as_somebody_has_come_in_the_start_screen_is_back(self) -> None:
        player = told(IN_USE, told(OPEN), 9)
        assert (player.phase, player.session.phone) == (Phase.IDLE, IN_USE)

    def test_circuits_run_as_ever_and_the_page_stays_open(self) -> None:
        player = told(IN_USE).press(10).at(30)
        assert (player.phase, player.session.phone) == (Phase.RUNNING, IN_USE)
        player.press(40).press(50, held_s=2)
        assert (player.phase, player.session.phone) == (Phase.IDLE, IN_USE)

    def test_the_entry_then_shows_the_number_for_one_more_phone_for_a_while(self) -> None:
        player = told(IN_USE)
        entry = view(player.press(8, held_s=2).at(11, Command.BACK))
        assert isinstance(entry, ChooserView)
        assert entry.in_use
        player.press(12, held_s=2)
        shown = view(player)
        assert shown == PhoneView(PageState.IN_USE, OPEN.address, OPEN.number, OPEN.code, int(PHONE_AGAIN_S))
        player.at(14 + PHONE_AGAIN_S)
        assert (player.phase, player.session.phone) == (Phase.IDLE, IN_USE)

    def test_what_is_told_meanwhile_leaves_that_screen(self) -> None:
        player = asked_again(told(IN_USE))
        assert told(IN_USE._replace(number="111111"), player, 16).phase is Phase.PHONE

    def test_it_survives_the_sleep_of_the_television(self) -> None:
        session = told(IN_USE).session.sleeping(True)
        assert session.phone is IN_USE
        assert step(session, session.now_s, Command.PRESS).session.phone is IN_USE

    def test_the_end_of_the_page_changes_no_circuit(self) -> None:
        player = told(None, told(IN_USE).press(10), 20)
        assert (player.phase, player.session.phone) == (Phase.RUNNING, None)


class TestFailed:
    def test_the_phone_screen_says_why_for_a_minute(self) -> None:
        player = told(FAILED)
        assert view(player) == PhoneView(PageState.FAILED, seconds=60, what=FAILED.what, fix=FAILED.fix)
        assert player.at(6 + ERROR_S - 0.1).phase is Phase.PHONE
        assert (player.at(6 + ERROR_S).phase, player.session.phone) == (Phase.IDLE, None)

    def test_nobody_is_disturbed_elsewhere(self) -> None:
        player = told(FAILED, told(IN_USE).press(10), 20)
        assert (player.phase, player.session.phone) == (Phase.RUNNING, None)


class TestWords:
    @pytest.mark.parametrize(
        ("made", "press", "hold", "line"),
        [
            (
                at_entry,
                Meaning.NEXT,
                Meaning.PHONE,
                "Choose a workout: Change workouts with a phone. Press for the next",
            ),
            (asked, Meaning.CLOSE, Meaning.CLOSE, "Change workouts with a phone: the page opens. Press to close"),
            (
                lambda: told(OPEN),
                Meaning.CLOSE,
                Meaning.CLOSE,
                "Change workouts with a phone: open http://192.168.1.42 and type 482913, closes in 10:00.",
            ),
            (
                lambda: asked_again(told(IN_USE)),
                Meaning.CLOSE,
                Meaning.CLOSE,
                "Change workouts with a phone: open http://192.168.1.42 and type 482913, somebody has come in.",
            ),
            (
                lambda: told(FAILED),
                Meaning.CLOSE,
                Meaning.CLOSE,
                "Change workouts with a phone: the page cannot be opened. There is no network. Connect it. Press to",
            ),
        ],
        ids=["entry", "opening", "open", "in use", "failed"],
    )
    def test_the_remote_knows_it(self, made: Callable[[], Player], press: Meaning, hold: Meaning, line: str) -> None:
        session = made().session
        assert (press_means(session), hold_means(session)) == (press, hold)
        said = answer(session, look(session))
        assert said["line"].startswith(line)
        assert said["phase"] == session.phase.value
        assert ("circuit" in said) == (session.phase is Phase.PHONE), "the entry is no circuit"

    def test_it_says_how_long_the_page_waits(self) -> None:
        session = told(OPEN).session
        assert answer(session, look(session))["seconds"] == 600
        assert "seconds" not in answer(asked().session, look(asked().session))

    def test_the_log_tells_of_the_screen_but_not_the_number(self) -> None:
        chosen, shown, closed = at_entry().at(3, Command.PRESS), told(OPEN), told(OPEN).press(9)
        assert list(events(chosen.session, shown.session)) == ["phone screen"]
        assert list(events(shown.session, closed.session)) == ["start screen"]
        assert summary(shown.session) == "phone screen"
        assert words(look(shown.session).view).state == "phone"


def test_a_session_without_rules_has_no_page() -> None:
    assert Session.start_screen((Timeline.of(circuit()),), 0.0).entries == 1
