"""Opens the button's and the buzzer's pins, and tries again while they cannot be opened."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk import config
from kiosk.app import App, Input
from kiosk.errors import PinError
from kiosk.system import silence

if TYPE_CHECKING:
    from gpiozero.pins import Factory

    from kiosk.hardware.player import Player

log = logging.getLogger("kiosk")

TRY_AGAIN_S = 5.0
STUCK = "Buzzer stays on"
NOTE_S = 60.0
"""Time for which the wall shows which key stands for the button, if no pins are used."""


class Pins:
    """A background task that opens button and buzzer independently. The wall has a badge for a part that fails."""

    def __init__(self, settings: config.Settings, *, simulate: bool) -> None:
        self.keyboard = "the space bar"
        self._settings = settings
        self._simulate = simulate
        self._factory: Factory | None = None
        self._buttons: Input | None = None
        self._buzzer: Player | None = None
        self._next_s: float | None = 0.0
        self._said: set[str] = set()
        self._noted = False
        self._pinless = simulate
        """Whether no pins are used. The first `turn` finds out whether the machine has any."""

    def turn(self, app: App, now_s: float) -> None:
        """Open the parts that are not open, every few seconds. Show a badge while the buzzer cannot be switched off."""
        if self._buzzer is not None:
            app.badge("buzzer", STUCK if self._buzzer.stuck else None)
        if self._next_s is None or now_s < self._next_s:
            return
        from kiosk.hardware import pins

        board = pins.board()
        self._pinless = self._simulate or board is None
        if self._pinless:
            self._next_s = None if self._noted else now_s + NOTE_S
            self._note_keyboard(app)
            return
        self._say(f"board: {board}", logging.INFO)
        # If a button failed, gpiozero reports its pin as in use until the button's object is garbage-collected.
        gc.collect()
        missing = [not self._open(app, part, open_) for part, open_ in self._parts()]
        self._next_s = now_s + TRY_AGAIN_S if any(missing) else None

    def buzzer_sounds(self) -> bool | None:
        """Return whether the buzzer can sound; None if the settings have no buzzer or no pins are used."""
        if self._buzzer is not None:
            return True
        wanted = self._settings.buzzer.kind is not config.BuzzerKind.NONE and not self._pinless
        return False if wanted else None

    def reconfigure(self, app: App, settings: config.Settings) -> None:
        """Use new settings. If the settings of the pins have changed, reopen the pins."""
        before, self._settings = self._settings, settings
        if (before.button, before.buzzer, before.pin_factory) != (
            settings.button,
            settings.buzzer,
            settings.pin_factory,
        ):
            self._release(app)
            self._said.clear()
            self._next_s = 0.0

    def close(self) -> None:
        """Release the pins. The button and the buzzer are closed before this, so the buzzer is off."""
        if self._factory is not None:
            from kiosk.hardware.retry import retried

            retried(self._factory.close, "give the pins back")
            self._factory = None

    def _parts(self) -> list[tuple[str, Callable[[App], None]]]:
        parts: list[tuple[str, Callable[[App], None]]] = [("pins", self._open_factory)]
        parts.append(("button", self._open_buttons))
        if self._settings.buzzer.kind is not config.BuzzerKind.NONE:
            parts.append(("buzzer", self._open_buzzer))
        return parts

    def _open(self, app: App, part: str, open_: Callable[[App], None]) -> bool:
        try:
            open_(app)
        except PinError as error:
            instead = f"; {self.keyboard} is the button" if part == "button" else ""
            self._say(f"no {part}: {error}{instead}", logging.ERROR)
            app.badge(part, f"No {part}: use {self.keyboard}" if part == "button" else f"No {part}")
            return False
        app.badge(part, None)
        return True

    def _open_factory(self, app: App) -> None:
        from kiosk.hardware import pins

        if self._factory is None:
            self._factory = pins.open_factory(self._settings.pin_factory.value)

    def _open_buttons(self, app: App) -> None:
        from kiosk.hardware.button import Buttons

        if self._buttons is not None:
            return
        settings = self._settings.button
        self._buttons = Buttons(
            self._opened_factory(),
            settings.pin,
            skip_pin=settings.skip_pin,
            back_pin=settings.back_pin,
            active_low=settings.active_low,
            debounce_s=settings.debounce_s,
        )
        app.add_input(self._buttons)
        log.info("button: GPIO%d", settings.pin)

    def _open_buzzer(self, app: App) -> None:
        from kiosk.hardware.buzzer import open_buzzer

        if self._buzzer is not None:
            return
        settings = self._settings.buzzer
        self._buzzer = open_buzzer(
            self._opened_factory(), settings.pin, settings.kind.value, active_high=settings.active_high
        )
        app.add_sounder(self._buzzer)
        silence.remember(settings.pin, 0 if settings.active_high else 1)
        log.info("buzzer: %s, GPIO%d", settings.kind.value, settings.pin)

    def _opened_factory(self) -> Factory:
        if self._factory is None:
            raise PinError("the pins are not open")
        return self._factory

    def _release(self, app: App) -> None:
        for part in (self._buzzer, self._buttons):
            if part is not None:
                app.remove(part)
                part.close()
        self._buzzer = self._buttons = None
        # The new settings may not have a buzzer.
        app.badge("buzzer", None)
        self.close()

    def _note_keyboard(self, app: App) -> None:
        """Report once which key stands for the button. The second call removes the badge, as nothing is missing."""
        if not self._noted:
            why = "no pins are used" if self._simulate else "this is not a Raspberry Pi"
            log.info("%s: %s is the button", why, self.keyboard)
        app.badge("button", None if self._noted else f"Button: {self.keyboard}")
        self._noted = True

    def _say(self, line: str, level: int) -> None:
        """Log a line once, however often the attempt is repeated."""
        if line not in self._said:
            self._said.add(line)
            log.log(level, line)
