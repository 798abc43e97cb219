"""Runs the checks and reports their findings, as text or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from kiosk import config
from kiosk.doctor import checks
from kiosk.doctor.finding import Finding, Result, failed
from kiosk.doctor.machine import Machine
from kiosk.errors import ConfigError, PinError
from kiosk.output import answer
from kiosk.printable import shown, shown_lines

MARKS = {Result.OK: "ok", Result.WARNING: "!", Result.FAILED: "FAILED"}
NAME_WIDTH = 8
MARK_WIDTH = 6


def run(
    folder: Path | None, *, as_json: bool = False, hands_on: bool | None = None, machine: Machine | None = None
) -> int:
    """Run all checks and print the findings. Return the exit status: 1 if a check failed, else 0.

    `hands_on` is whether to test the buzzer and the button too. None means yes on a Pi in a terminal without JSON.
    """
    machine = machine or Machine()
    library, shown_folder = _library(folder)
    findings = []
    for finding in _findings(machine, library, shown_folder, _hands_on(machine, hands_on, as_json)):
        findings.append(finding)
        if not as_json:
            answer(as_text(finding))
    good = all(finding.result is not Result.FAILED for finding in findings)
    if as_json:
        answer(json.dumps({"ok": good, "checks": [asdict(finding) for finding in findings]}, indent=2))
    return 0 if good else 1


def as_text(finding: Finding) -> str:
    """Return the finding as text, with what to do in a line below."""
    indent = "\n" + " " * (NAME_WIDTH + MARK_WIDTH + 2)
    found = shown_lines(finding.found)
    text = f"{finding.name:{NAME_WIDTH}} {MARKS[finding.result]:{MARK_WIDTH}} " + found.replace("\n", indent)
    return f"{text}{indent}-> {shown(finding.to_do)}" if finding.to_do else text


def _findings(
    machine: Machine, library: config.Library | ConfigError, folder: str, hands_on: bool
) -> Iterator[Finding]:
    yield from checks.all_of(machine, library, folder)
    if hands_on:
        settings = config.Settings() if isinstance(library, ConfigError) else library.settings
        yield from _by_hand(settings)


def _by_hand(settings: config.Settings) -> Iterator[Finding]:
    from kiosk.doctor.hands_on import button, buzzer
    from kiosk.hardware.pins import open_factory

    try:
        factory = open_factory(settings.pin_factory.value)
    except PinError as error:
        yield failed("buzzer", str(error), "Fix the pins first.")
        return
    try:
        yield buzzer(factory, settings.buzzer, input)
        yield button(factory, settings.button, answer)
    finally:
        factory.close()


def _library(folder: Path | None) -> tuple[config.Library | ConfigError, str]:
    """Return the config, or the error in it, and the name of its folder."""
    found = folder
    try:
        found = config.locate(folder)
        return config.load(found), str(found)
    except ConfigError as error:
        return error, str(found or "the config folder")


def _hands_on(machine: Machine, wanted: bool | None, as_json: bool) -> bool:
    on_pi = (machine.text("proc/device-tree/model") or "").startswith(checks.BOARD)
    if wanted is None:
        return on_pi and not as_json and sys.stdin.isatty() and sys.stdout.isatty()
    return wanted and on_pi
