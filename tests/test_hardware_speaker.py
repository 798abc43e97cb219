"""Signals as samples, and the speaker on SDL's dummy audio device."""

import os
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import KioskError
from kiosk.hardware import speaker as speaker_module
from kiosk.hardware.speaker import FADE_S, RATE_HZ, Speaker, SpeakerError, openable_devices, samples
from kiosk.output import NonBlockingStream
from kiosk.signals import SIGNALS, Beep, edges
from kiosk.timeline import Cue


@pytest.fixture
def speaker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Speaker]:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    speaker = Speaker()
    yield speaker
    speaker.close()


@pytest.mark.parametrize("cue", Cue)
def test_samples_are_as_long_as_the_signal(cue: Cue) -> None:
    beeps = SIGNALS[cue]
    assert len(samples(beeps)) == pytest.approx(edges(beeps)[-1].at_s * RATE_HZ, abs=len(beeps) + 1)


def test_a_beep_swells_sounds_fades_and_is_followed_by_silence() -> None:
    sound = samples((Beep(1000.0, 0.1, 0.05),))
    fade, end = round(FADE_S * RATE_HZ), round(0.1 * RATE_HZ)
    assert (sound[0], sound[end - 1]) == (0, 0)
    loudest = max(map(abs, sound))
    assert 15_000 < loudest <= 32_767
    assert max(map(abs, sound[: fade // 4])) < loudest / 3
    assert max(map(abs, sound[end - fade // 4 : end])) < loudest / 3
    assert not any(sound[end:])
    assert len(sound) == round(0.15 * RATE_HZ)


@pytest.mark.parametrize("tone_hz", sorted({beep.tone_hz for beeps in SIGNALS.values() for beep in beeps}))
def test_a_tone_is_in_tune_to_a_quarter_of_a_semitone(tone_hz: float) -> None:
    sound = samples((Beep(tone_hz, 1.0),))
    rises = sum(1 for before, after in pairwise(sound) if before < 0 <= after)
    assert rises == pytest.approx(tone_hz, rel=2 ** (1 / 48) - 1)


def test_it_plays_every_cue_and_goes_quiet(speaker: Speaker) -> None:
    import pygame

    channel = pygame.mixer.Channel(0)
    for cue in Cue:
        speaker.sound(cue)
        assert channel.get_busy()
        playing = channel.get_sound().get_raw()
        assert playing == samples(SIGNALS[cue]).tobytes(), "a new cue takes the place of the old one"
    speaker.silence()
    assert not channel.get_busy()


def test_it_opens_the_mixer_and_nothing_else(speaker: Speaker) -> None:
    import pygame

    assert pygame.mixer.get_init() == (RATE_HZ, -16, 1)
    assert not pygame.joystick.get_init()


def test_opening_it_loses_no_line_of_the_log(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """ALSA's messages are discarded, but lines that the log writes to the same descriptor are not."""
    import pygame.mixer

    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    open_mixer = pygame.mixer.init

    def opening(*arguments: Any, **named: Any) -> None:
        os.write(2, b"from ALSA\n")
        output.write("from the log\n")
        assert output.drain()
        open_mixer(*arguments, **named)

    monkeypatch.setattr(pygame.mixer, "init", opening)
    assert sys.__stderr__
    with NonBlockingStream(sys.__stderr__) as output:
        Speaker().close()
    assert capfd.readouterr().err == "from the log\n"


def test_closing_may_be_repeated_and_ends_the_sound(speaker: Speaker) -> None:
    import pygame

    speaker.sound(Cue.FINISH)
    speaker.close()
    speaker.close()
    speaker.sound(Cue.TICK)
    speaker.silence()
    assert pygame.mixer.get_init() is None


def test_a_mixer_that_something_else_closed_is_left_alone(speaker: Speaker, caplog: pytest.LogCaptureFixture) -> None:
    """Using a channel of pygame after its mixer was closed would crash the process."""
    import pygame

    pygame.mixer.quit()
    speaker.sound(Cue.TICK)
    speaker.silence()
    speaker.close()
    assert caplog.messages == ["something else closed the loudspeakers"]


def test_no_audio_device_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "gramophone")
    with pytest.raises(SpeakerError, match="no loudspeakers") as caught:
        Speaker()
    assert isinstance(caught.value, KioskError)


def test_a_pygame_without_sound_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygame.mixer", None)
    with pytest.raises(SpeakerError, match="pygame has no sound here"):
        Speaker()


def test_only_devices_for_sound_that_open_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A television's device cannot be opened without the television. Here it is a folder, which also cannot."""
    monkeypatch.setattr(speaker_module, "DEVICES", tmp_path)
    for name in ("controlC0", "pcmC0D0c", "pcmC0D0p", "timer"):
        (tmp_path / name).touch()
    (tmp_path / "pcmC1D0p").mkdir()
    assert openable_devices() == {"pcmC0D0p"}
    monkeypatch.setattr(speaker_module, "DEVICES", tmp_path / "gone")
    assert openable_devices() == frozenset()
