"""The commands of the program. Each one reads its arguments, then imports and calls the modules that do the work."""

from __future__ import annotations

import argparse
import logging
import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from kiosk.errors import DisplayLostError, KioskError, PageError, RemoteError
from kiosk.output import answer, complain, drain, flush, prepare_streams, write_in_background
from kiosk.printable import Formatter, shown

_REMOTE = {
    "now": "print what the wall that runs here shows",
    "start": "start the circuit that the wall shows",
    "pause": "pause the circuit, by a press or a hold",
    "resume": "resume the paused circuit",
    "done": "end work that lasts until a press",
    "count": "count a round of an AMRAP",
    "stop": "stop the circuit",
    "press": "press the button, whatever that means now",
    "hold": "hold the button, whatever that means now",
    "skip": "skip to the next interval",
    "back": "go back to the start of the interval, or to the one before",
}
"""The commands for the wall that runs on this machine, each with its summary."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Return the exit status: 0, or the status of the error (2 for wrong arguments or config files)."""
    prepare_streams()
    try:
        _carry_out(arguments)
    except KioskError as error:
        complain("\n".join(map(shown, error.lines)))
        if isinstance(error, DisplayLostError):
            drain()
            # The kiosk has closed everything. SDL's own cleanup would wait forever for the lost display server.
            os._exit(error.exit_status)
        return error.exit_status
    except BrokenPipeError:
        # The reader of the output has closed the pipe, as in `kiosk plan | head`.
        return 0
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


def _carry_out(arguments: Sequence[str] | None) -> None:
    try:
        options = _parser().parse_args(arguments)
        options.command(options)
    except SystemExit:
        # The help and the errors of argparse may still be in the buffer.
        flush()
        raise


def _run(options: argparse.Namespace) -> None:
    from kiosk.system import memory

    memory.start_without_collecting()
    write_in_background()
    _log_to_stderr(logging.DEBUG if options.verbose else logging.INFO)
    from kiosk import config, wiring

    folder = config.locate(options.config)
    wiring.run(wiring.Options(folder, options.circuit, options.window, options.simulate))


def _plan(options: argparse.Namespace) -> None:
    from kiosk import config, plan
    from kiosk.timeline import Timeline

    library = config.load(config.locate(options.config))
    circuit = library.circuit(options.circuit) if options.circuit else library.circuits[library.usual]
    timeline = Timeline.of(circuit)
    answer(plan.as_json(timeline) if options.json else plan.as_table(timeline))


def _check(options: argparse.Namespace) -> None:
    from kiosk import config
    from kiosk.glyphs import unshowable
    from kiosk.plural import count_of

    folder = config.locate(options.folder or options.config)
    library, found = config.check(folder)
    warnings = [*found, *unshowable(library, folder)]
    parts = [count_of(len(library.circuits), "circuit"), count_of(len(library.exercises), "exercise")]
    if own := sum(file.content is not None for file in library.figures.values()):
        parts.append(count_of(own, "figure"))
    if library.pictures:
        parts.append(count_of(len(library.pictures), "picture"))
    if warnings:
        parts.append(count_of(len(warnings), "warning"))
    answer("\n".join([*map(str, warnings), f"{shown(str(folder))} is fine: {', '.join(parts)}"]))


def _edit(options: argparse.Namespace) -> None:
    from kiosk import config
    from kiosk.editor.packages import missing, what_to_do

    folder = config.locate(options.folder or options.config)
    if modules := missing():
        raise PageError(f"the page needs packages that are not there ({', '.join(modules)}): {what_to_do(modules)}")
    from kiosk.editor.edit import edit

    edit(folder, options.port, browser=options.browser)


def _undo(options: argparse.Namespace) -> None:
    from kiosk import config
    from kiosk.errors import ConfigError, Problem
    from kiosk.stick import take_over

    folder = config.locate(options.config)
    try:
        take_over.undo(folder)
    except take_over.NothingToUndoError:
        raise ConfigError(
            Problem("nothing was taken from a stick yet", "there is nothing to undo", path=folder)
        ) from None
    except OSError as error:
        what = f"it cannot be exchanged with the version before ({error.strerror})"
        raise ConfigError(Problem(what, "type: sudo kiosk undo", path=folder)) from error
    answer(f"{shown(str(folder))} is as it was before the last stick; the same command brings the later version back")


def _doctor(options: argparse.Namespace) -> None:
    from kiosk import doctor
    from kiosk.stop import ENDING

    # The doctor tests the buzzer, which must be switched off however the doctor ends.
    for number in ENDING:
        signal.signal(number, _end)
    status = doctor.run(options.config, as_json=options.json, hands_on=False if options.self_test else None)
    if status:
        raise SystemExit(status)


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _show(options: argparse.Namespace) -> None:
    # This must be set before `show` imports pygame, which would print a greeting into the answer.
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from kiosk import config, moments, show

    wish = show.ShowOptions(
        circuit=options.circuit,
        state=moments.state_called(options.state),
        at_s=options.at,
        until_s=options.until,
        fps=options.fps,
        size=options.size,
        clock=moments.clock_time(options.clock),
        out=options.out,
        film=options.film,
        sheet=options.figures is not None,
        folder=options.figures if isinstance(options.figures, Path) else None,
        strip=options.strip,
        flipped=options.flipped,
    )
    answer("\n".join(map(shown, show.show(wish, lambda: config.load(config.locate(options.config))))))


def _setup(options: argparse.Namespace) -> None:
    from kiosk import setup

    answer("\n".join(map(shown, setup.undo() if options.undo else setup.set_up(with_desktop=options.desktop))))


def _remote(options: argparse.Namespace) -> None:
    from kiosk.remote import client

    said = client.carry_out(options.name)
    if options.json:
        import json

        answer(json.dumps(said, indent=2, ensure_ascii=False))
        if not said["ok"]:
            raise SystemExit(RemoteError.exit_status)
    elif said["ok"]:
        answer(said["line"])
    else:
        raise RemoteError(f"{options.name}: {said['error']}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="The circuit timer that a gym hangs on its wall.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = _command(commands, "run", _run, "show the wall and listen to the button")
    run.add_argument(
        "--window",
        nargs="?",
        type=_size,
        const=(1280, 720),
        metavar="WxH",
        help="in a window (default: 1280x720) instead of full screen",
    )
    run.add_argument("--circuit", metavar="NAME", help="the circuit to show on the start screen")
    run.add_argument("--simulate", action="store_true", help="use no pins: the space bar is the button")
    run.add_argument("--verbose", action="store_true", help="log every cue with its time")

    plan_ = _command(commands, "plan", _plan, "print a circuit's timeline")
    plan_.add_argument("circuit", nargs="?", metavar="CIRCUIT", help="its file name or title (default: the usual one)")
    plan_.add_argument("--json", action="store_true", help="as JSON")

    show = _command(commands, "show", _show, "draw a moment of a circuit, or figures, as a picture")
    show.add_argument("circuit", nargs="?", metavar="CIRCUIT", help="its file name or title (default: the usual one)")
    show.add_argument("--at", type=_time, default=0.0, metavar="TIME", help="when, such as 2:15 (default: 0:00)")
    show.add_argument(
        "--state",
        default="running",
        metavar="STATE",
        help="running (the default), paused, held or count-in, at a time of the circuit; "
        "briefing, chooser, finished, idle, card, dim, error, notice, refused, phone-entry or phone, at a time of that "
        "screen",
    )
    show.add_argument("--size", type=_size, metavar="WxH", help="in pixels (default: 1920x1080)")
    show.add_argument("--clock", default="18:42", metavar="HH:MM", help="the time of day, or none (default: 18:42)")
    show.add_argument("--out", type=Path, metavar="FILE", help="the PNG file to write")
    show.add_argument("--film", type=Path, metavar="DIR", help="write numbered frames into this folder instead")
    show.add_argument("--until", type=_time, metavar="TIME", help="when the film ends")
    show.add_argument("--fps", type=_frames, default=30, metavar="N", help="frames a second (default: 30)")
    show.add_argument(
        "--figures",
        type=Path,
        nargs="?",
        const=True,
        metavar="DIR",
        help="draw the key poses of all figures instead, or of those in a folder; pages get a number each",
    )
    show.add_argument(
        "--strip", metavar="FIGURE", help="draw eight moments of a figure's loop instead; give its name or its file"
    )
    show.add_argument("--flipped", action="store_true", help="mirror the strip, for the other side")

    doctor = _command(commands, "doctor", _doctor, "check everything that the wall needs, and say what to do")
    doctor.add_argument("--json", action="store_true", help="as JSON")
    doctor.add_argument("--self-test", action="store_true", help="only look: sound nothing, wait for no press")

    _command(commands, "undo", _undo, "bring back the config as it was before the last USB stick")

    check = _command(commands, "check", _check, "check the config folder and print every error")
    check.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the folder to check")

    edit = _command(commands, "edit", _edit, "change the workouts in a browser on this machine")
    edit.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the folder to change")
    edit.add_argument("--port", type=_port, default=0, metavar="N", help="the port of the page (default: any free one)")
    edit.add_argument("--no-browser", dest="browser", action="store_false", help="open no browser, print the address")

    setup = _command(commands, "setup", _setup, "set the mode of the screen and how the kiosk starts, on the Pi")
    how = setup.add_mutually_exclusive_group()
    how.add_argument(
        "--desktop",
        action="store_true",
        help="start with the desktop of the user who calls this, not as a service (Raspberry Pi OS with a desktop)",
    )
    how.add_argument("--undo", action="store_true", help="take back what this command has changed")

    for name, summary in _REMOTE.items():
        remote = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        remote.set_defaults(command=_remote, name=name)
        remote.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, function: object, summary: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    command.set_defaults(command=function)
    command.add_argument(
        "--config",
        type=Path,
        metavar="DIR",
        help="the config folder (default: $KIOSK_CONFIG, else /etc/kiosk, else the one that comes with the program)",
    )
    return command


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([1-9]\d{2,4})x([1-9]\d{2,4})", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size; write width x height in pixels, such as 1280x720")
    return int(match[1]), int(match[2])


def _time(text: str) -> float:
    from kiosk.config.duration import parse_duration

    try:
        return parse_duration(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from None


def _frames(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d?", text) or int(text) > 60:
        raise argparse.ArgumentTypeError(f"{text!r}: write a whole number of frames a second, from 1 to 60")
    return int(text)


def _port(text: str) -> int:
    if not re.fullmatch(r"\d{1,5}", text) or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r}: write a port from 1 to 65535, or 0 for any free one")
    return int(text)


def _log_to_stderr(level: int) -> None:
    # The journal adds the time of each line itself.
    time = "" if "JOURNAL_STREAM" in os.environ else "%(asctime)s "
    handler = logging.StreamHandler()
    clear_line = "\r\x1b[K" if sys.stderr.isatty() else ""
    handler.setFormatter(Formatter(f"{time}%(message)s", datefmt="%H:%M:%S", begin=clear_line))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("kiosk").setLevel(level)


if __name__ == "__main__":
    sys.exit(main())
