"""Who may come in to the page, and how long it stays open."""

import pytest

from kiosk.editor.gate import MOST_SESSIONS, MOST_WRONG, WAITS_S, Gate, TooManyError, WrongError
from kiosk.editor.life import IDLE_S, UNSEEN_S, Life
from tests.page_server import Clock


def wrong(gate: Gate) -> str:
    """Return a number that is not the right one."""
    return f"{(int(gate.pin) + 1) % 1_000_000:06}"


def test_the_number_has_six_digits_and_lets_in() -> None:
    gate = Gate(Clock())
    assert len(gate.pin) == 6
    assert gate.pin.isdigit()
    session = gate.enter_by_pin(gate.pin)
    assert gate.session(session.cookie) == session


def test_each_browser_has_secrets_of_its_own() -> None:
    gate = Gate(Clock())
    one, other = gate.enter_by_pin(gate.pin), gate.enter_by_pin(gate.pin)
    assert len({one.cookie, one.token, other.cookie, other.token}) == 4


def test_five_wrong_numbers_in_all_make_a_new_one_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter((482_913, 17))
    monkeypatch.setattr("secrets.randbelow", lambda most: next(numbers))
    clock = Clock()
    gate = Gate(clock)
    first = gate.pin
    for left in (4, 3, 2, 1):
        # Somebody else comes in meanwhile, which makes no difference.
        gate.enter_by_pin(first)
        with pytest.raises(WrongError) as error:
            gate.enter_by_pin(wrong(gate))
        assert error.value.left == left
    with pytest.raises(TooManyError):
        gate.enter_by_pin(wrong(gate))
    with pytest.raises(TooManyError):
        gate.enter_by_pin(gate.pin)
    assert (first, gate.pin) == ("482913", "000017")
    clock.now_s += WAITS_S
    gate.enter_by_pin(gate.pin)


def test_nobody_can_try_all_numbers_while_the_page_is_open() -> None:
    clock = Clock()
    gate = Gate(clock)
    tries = 0
    for _ in range(int(UNSEEN_S)):
        clock.now_s += 1
        for _ in range(2 * MOST_WRONG):
            try:
                gate.enter_by_pin(wrong(gate))
            except TooManyError:
                break
            except WrongError:
                tries += 1
    assert tries < 200


def test_a_key_is_no_number_and_a_number_is_no_key() -> None:
    by_key, by_pin = Gate(Clock(), by_key=True), Gate(Clock())
    for attempt in ("", "000000", by_pin.pin):
        with pytest.raises(WrongError):
            by_key.enter_by_pin(attempt)
    for attempt in ("", by_key.key):
        with pytest.raises(WrongError):
            by_pin.enter_by_key(attempt)
    assert by_key.enter_by_key(by_key.key)


@pytest.mark.parametrize("cookie", ["", "x", "ü", "kiosk"])
def test_no_other_cookie_is_a_session(cookie: str) -> None:
    gate = Gate(Clock())
    gate.enter_by_pin(gate.pin)
    assert gate.session(cookie) is None


def test_whoever_leaves_is_out() -> None:
    gate = Gate(Clock())
    one, other = gate.enter_by_pin(gate.pin), gate.enter_by_pin(gate.pin)
    gate.leave(one)
    assert gate.session(one.cookie) is None
    assert gate.session(other.cookie) == other


def test_the_browser_that_came_in_first_gives_way_to_too_many() -> None:
    gate = Gate(Clock())
    sessions = [gate.enter_by_pin(gate.pin) for _ in range(MOST_SESSIONS + 1)]
    assert gate.session(sessions[0].cookie) is None
    assert all(gate.session(one.cookie) for one in sessions[1:])


def test_the_page_closes_when_nobody_comes_in() -> None:
    clock = Clock()
    life = Life(clock)
    clock.now_s += UNSEEN_S - 1
    assert not life.over
    clock.now_s += 1
    assert life.over
    assert not life.in_use


def test_the_page_closes_when_it_is_not_used_any_more() -> None:
    clock = Clock()
    life = Life(clock)
    for _ in range(10):
        clock.now_s += UNSEEN_S - 1
        life.used()
    assert life.in_use
    clock.now_s += IDLE_S - 1
    assert not life.over
    clock.now_s += 1
    assert life.over
