"""Every known mistake in a config file, with its message. Each mistake is a row of TABLE."""

# ruff: noqa: E501 (a message stands in one line, as staff see it)
from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load
from kiosk.errors import ConfigError

Files = dict[str, str | bytes]
EXERCISE = """\
name: Side plank
muscles: [Obliques]
why: Strong sides
how: Elbow under shoulder
steps: [Lift the hips]
tip: Do not sag
"""
CIRCUIT = """\
name: Core
rounds: 3
work: 60
exercises:
  - plank
"""


def exercise(old: str, new: str) -> Files:
    assert old in EXERCISE
    return {"exercises/plank.yaml": EXERCISE.replace(old, new)}


def more(text: str) -> Files:
    return {"exercises/plank.yaml": f"{EXERCISE}{text}\n"}


def circuit(old: str, new: str) -> Files:
    assert old in CIRCUIT
    return {"circuits/core.yaml": CIRCUIT.replace(old, new)}


def settings(text: str) -> Files:
    return {"kiosk.yaml": f"{text}\n"}


TABLE: list[tuple[str, Files, list[str]]] = [
    # Each row: the test's name, the files that differ from the good folder, and all expected messages.
    (
        "misspelt key",
        circuit("rounds: 3", "ruonds: 3"),
        ['circuits/core.yaml:2:1: unknown key "ruonds"; did you mean "rounds"?'],
    ),
    (
        "key in capitals",
        exercise("name:", "Name:"),
        ['exercises/plank.yaml:1:1: unknown key "Name"; did you mean "name"?'],
    ),
    (
        "key of another file",
        more("rounds: 3"),
        [
            'exercises/plank.yaml:7:1: unknown key "rounds"; possible here: cues, easier, equipment, figure, first_side, how, muscles, name, picture, short, sides, steps, tip, why'
        ],
    ),
    (
        "key twice",
        more("name: Plank"),
        ['exercises/plank.yaml:7:1: the key "name" appears twice, first in line 1; remove one'],
    ),
    (
        "key that is a list",
        more("? [tip]\n: x"),
        ["exercises/plank.yaml:7:3: a key is expected here, but this is a list"],
    ),
    (
        "key that YAML takes for a truth value",
        settings("on: 17"),
        [
            'kiosk.yaml:1:1: unknown key "on"; possible here: button, buzzer, circuit, order, page, pause_limit, pin_factory, screen, speakers, television, usb'
        ],
    ),
    (
        "circuit twice in the order",
        settings("order: [core, core]"),
        ['kiosk.yaml:1:15: order: "core" is there twice; remove one'],
    ),
    (
        "order that is no list",
        settings("order: core"),
        [
            'kiosk.yaml:1:8: order: a list is expected here, but this is text; write each item on a line of its own after "- "'
        ],
    ),
    (
        "page that is no choice",
        settings("page: maybe"),
        ['kiosk.yaml:1:7: page: "maybe" is not possible here; write on or off'],
    ),
    (
        "merge key",
        settings("<<: {circuit: core}"),
        [
            'kiosk.yaml:1:1: unknown key "<<"; possible here: button, buzzer, circuit, order, page, pause_limit, pin_factory, screen, speakers, television, usb'
        ],
    ),
    (
        "required key missing",
        exercise("name: Side plank\n", ""),
        ['exercises/plank.yaml:1:1: the key "name" is missing; add it'],
    ),
    (
        "misspelt key in a group",
        settings("button:\n  debonce: 0.02"),
        ['kiosk.yaml:2:3: unknown key "debonce"; did you mean "debounce"?'],
    ),
    (
        "misspelt key in a list",
        circuit("- plank", "- exercise: plank\n    chageover: 5"),
        ['circuits/core.yaml:6:5: unknown key "chageover"; did you mean "changeover"?'],
    ),
    (
        "misspelt key in the easier option",
        more("easier: {hold: 10, rset: 5}"),
        ['exercises/plank.yaml:7:20: unknown key "rset"; did you mean "rest"?'],
    ),
    (
        "a list for the whole file",
        {"circuits/core.yaml": "- plank\n"},
        ['circuits/core.yaml:1:1: a group of keys is expected here, but this is a list; write "key: value" lines'],
    ),
    (
        "text for the whole file",
        {"kiosk.yaml": "hello\n"},
        ['kiosk.yaml:1:1: a group of keys is expected here, but this is text; write "key: value" lines'],
    ),
    (
        "nothing for the whole file",
        {"kiosk.yaml": "---\n"},
        ['kiosk.yaml:2:1: a group of keys is expected here, but this is empty; write "key: value" lines'],
    ),
    (
        "text for a list",
        exercise("[Lift the hips]", "Lift the hips"),
        [
            'exercises/plank.yaml:5:8: steps: a list is expected here, but this is text; write each item on a line of its own after "- "'
        ],
    ),
    (
        "a list for text",
        exercise("name: Side plank", "name: [Side, plank]"),
        ["exercises/plank.yaml:1:7: name: text is expected here, but this is a list"],
    ),
    (
        "a group for text",
        exercise("tip: Do not sag", "tip: {do: not}"),
        [
            'exercises/plank.yaml:6:6: tip: text is expected here, but this is a group of keys; put text that contains ": " in quotes'
        ],
    ),
    (
        "text for a group",
        settings("button: 17"),
        ['kiosk.yaml:1:9: button: a group of keys is expected here, but this is a number; write "key: value" lines'],
    ),
    (
        "fewer values than rounds",
        circuit("work: 60", "work: [60]"),
        [
            "circuits/core.yaml:3:7: work: there are 3 rounds, but 1 value here; write one value for each round, or a single one without brackets"
        ],
    ),
    (
        "an item that is a group by a colon",
        exercise("[Lift the hips]", "\n  - Easier: hold 10 s"),
        [
            'exercises/plank.yaml:6:5: steps: text is expected here, but this is a group of keys; put text that contains ": " in quotes'
        ],
    ),
    (
        "number for text",
        exercise("name: Side plank", "name: 100"),
        ['exercises/plank.yaml:1:7: name: YAML reads this as a number; put it in quotes: "100"'],
    ),
    (
        "yes for text",
        exercise("tip: Do not sag", "tip: yes"),
        ['exercises/plank.yaml:6:6: tip: YAML reads this as true or false; put it in quotes: "yes"'],
    ),
    (
        "date for text",
        exercise("tip: Do not sag", "tip: 2026-11-23"),
        ['exercises/plank.yaml:6:6: tip: YAML reads this as a date; put it in quotes: "2026-11-23"'],
    ),
    (
        "empty text",
        exercise("name: Side plank", "name:"),
        ["exercises/plank.yaml:1:6: name: the text is empty; write it or remove the line"],
    ),
    (
        "blank text",
        exercise("name: Side plank", 'name: "  "'),
        ["exercises/plank.yaml:1:7: name: the text is empty; write it or remove the line"],
    ),
    (
        "line break in a line",
        exercise("tip: Do not sag", "tip: |\n  Do not\n  sag"),
        [
            'exercises/plank.yaml:6:6: tip: there is a line break in this text; write one line, or each line of a list after "- "'
        ],
    ),
    (
        "character that cannot be shown",
        exercise("tip: Do not sag", 'tip: "Do\\tnot sag"'),
        ["exercises/plank.yaml:6:6: tip: this text has a character that cannot be shown (U+0009); remove it"],
    ),
    (
        "half a character",
        exercise("tip: Do not sag", 'tip: "\\ud800"'),
        ["exercises/plank.yaml:6:6: tip: this text has a character that cannot be shown (U+D800); remove it"],
    ),
    (
        "empty list",
        circuit("  - plank", "  []"),
        ["circuits/core.yaml:5:3: exercises: the list is empty; write 1 to 30 items"],
    ),
    (
        "several bad items",
        exercise("[Obliques]", "[Obliques, 5, no]"),
        [
            'exercises/plank.yaml:2:21: muscles: YAML reads this as a number; put it in quotes: "5"',
            'exercises/plank.yaml:2:24: muscles: YAML reads this as true or false; put it in quotes: "no"',
        ],
    ),
    (
        "unknown sides",
        more("sides: both"),
        ['exercises/plank.yaml:7:8: sides: "both" is not possible here; write none, alternate or each'],
    ),
    (
        "misspelt sides",
        more("sides: alternating"),
        ['exercises/plank.yaml:7:8: sides: "alternating" is not possible here; did you mean "alternate"?'],
    ),
    (
        "sides that YAML takes for a truth value",
        more("sides: no"),
        ['exercises/plank.yaml:7:8: sides: "no" is not possible here; did you mean "none"?'],
    ),
    (
        "first side without sides",
        more("first_side: left"),
        [
            'exercises/plank.yaml:7:13: first_side: this needs "sides: each", but sides is none; change sides or remove this line'
        ],
    ),
    (
        "figure with a folder",
        more("figure: ../plank"),
        [
            'exercises/plank.yaml:7:9: figure: "../plank" cannot be the name of a figure; use letters, digits and hyphens, at most 64'
        ],
    ),
    (
        "figure that there is not",
        more("figure: side-plan"),
        ['exercises/plank.yaml:7:9: figure: there is no figure "side-plan"; did you mean "side-plank"?'],
    ),
    (
        "figure with its ending",
        more("figure: plank.yaml"),
        ['exercises/plank.yaml:7:9: figure: "plank.yaml": a name is expected here; leave out .yaml'],
    ),
    (
        "easier option without a rest",
        more("easier:\n  hold: 10"),
        ['exercises/plank.yaml:8:3: easier: the key "rest" is missing; add it'],
    ),
    (
        "easier option too short",
        more("easier: {hold: 0, rest: 5}"),
        ['exercises/plank.yaml:7:16: easier.hold: "0" is out of range; write a duration from 1 to 10:00'],
    ),
    (
        "no rounds",
        circuit("rounds: 3", "rounds: 0"),
        ["circuits/core.yaml:2:9: rounds: 0 is out of range; write a whole number from 1 to 99"],
    ),
    (
        "too many rounds",
        circuit("rounds: 3", "rounds: 100"),
        ["circuits/core.yaml:2:9: rounds: 100 is out of range; write a whole number from 1 to 99"],
    ),
    (
        "half a round",
        circuit("rounds: 3", "rounds: 2.5"),
        [
            'circuits/core.yaml:2:9: rounds: a whole number is expected here, not "2.5"; write a whole number from 1 to 99'
        ],
    ),
    (
        "rounds in quotes",
        circuit("rounds: 3", 'rounds: "3"'),
        ['circuits/core.yaml:2:9: rounds: "3": a number in quotes is text; write 3 without quotes'],
    ),
    (
        "rounds in words",
        circuit("rounds: 3", "rounds: three"),
        [
            'circuits/core.yaml:2:9: rounds: a whole number is expected here, not "three"; write a whole number from 1 to 99'
        ],
    ),
    (
        "rounds as a truth value",
        circuit("rounds: 3", "rounds: true"),
        [
            'circuits/core.yaml:2:9: rounds: a whole number is expected here, not "true"; write a whole number from 1 to 99'
        ],
    ),
    (
        "rounds empty",
        circuit("rounds: 3", "rounds:"),
        [
            "circuits/core.yaml:2:8: rounds: a whole number is expected here, but this is empty; write a whole number from 1 to 99"
        ],
    ),
    (
        "rounds with a colon",
        circuit("rounds: 3", "rounds: 1:00"),
        [
            'circuits/core.yaml:2:9: rounds: a whole number is expected here, not "1:00"; write a whole number from 1 to 99'
        ],
    ),
    (
        "huge number",
        circuit("rounds: 3", "rounds: " + "9" * 5000),
        [
            'circuits/core.yaml:2:9: rounds: a whole number is expected here, not "999999999999999999999999999999999999999…"; write a whole number from 1 to 99'
        ],
    ),
    (
        "work of 0",
        circuit("work: 60", "work: 0"),
        ['circuits/core.yaml:3:7: work: "0" is out of range; write a duration of more than 0 and at most 60:00'],
    ),
    (
        "negative work",
        circuit("work: 60", "work: -5"),
        ['circuits/core.yaml:3:7: work: "-5" is out of range; write a duration of more than 0 and at most 60:00'],
    ),
    (
        "work of more than an hour",
        circuit("work: 60", "work: 60:01"),
        ['circuits/core.yaml:3:7: work: "60:01" is out of range; write a duration of more than 0 and at most 60:00'],
    ),
    (
        "work without a digit before the point",
        circuit("work: 60", "work: -.5"),
        ['circuits/core.yaml:3:7: work: "-.5": a number has a digit before the point; write one, as in 0.5'],
    ),
    (
        "work in quotes",
        circuit("work: 60", 'work: "60"'),
        ['circuits/core.yaml:3:7: work: "60": a number in quotes is text; write 60 without quotes'],
    ),
    (
        "work with a unit",
        circuit("work: 60", "work: 90 s"),
        ['circuits/core.yaml:3:7: work: "90 s": a duration has no unit; write 90'],
    ),
    (
        "work in minutes with a unit",
        circuit("work: 60", "work: 2 min"),
        ['circuits/core.yaml:3:7: work: "2 min": a duration has no unit; write 2:00'],
    ),
    (
        "work with a comma",
        circuit("work: 60", "work: 1,5"),
        ['circuits/core.yaml:3:7: work: "1,5": a number has a decimal point, not a comma; write 1.5'],
    ),
    (
        "work with a leading 0",
        circuit("work: 60", "work: 060"),
        ['circuits/core.yaml:3:7: work: "060": a number does not begin with 0; write 60'],
    ),
    (
        "work with an exponent",
        circuit("work: 60", "work: 1e3"),
        ['circuits/core.yaml:3:7: work: "1e3": a number has no exponent; write 1000'],
    ),
    (
        "work with a plus sign",
        circuit("work: 60", "work: +60"),
        ['circuits/core.yaml:3:7: work: "+60": a number has no plus sign; write 60'],
    ),
    (
        "work as a truth value",
        circuit("work: 60", "work: yes"),
        [
            "circuits/core.yaml:3:7: work: a duration is expected here, but this is true or false; write seconds such as 60, or minutes and seconds such as 1:30"
        ],
    ),
    (
        "work empty",
        circuit("work: 60", "work:"),
        [
            "circuits/core.yaml:3:6: work: a duration is expected here, but this is empty; write seconds such as 60, or minutes and seconds such as 1:30"
        ],
    ),
    (
        "work as a date",
        circuit("work: 60", "work: 2026-11-23"),
        [
            "circuits/core.yaml:3:7: work: a duration is expected here, but this is a date; write seconds such as 60, or minutes and seconds such as 1:30"
        ],
    ),
    (
        "work in words",
        circuit("work: 60", "work: long"),
        [
            'circuits/core.yaml:3:7: work: "long": this is not a duration; write seconds such as 60, or minutes and seconds such as 1:30'
        ],
    ),
    (
        "work not a number",
        circuit("work: 60", "work: .nan"),
        [
            'circuits/core.yaml:3:7: work: ".nan": this is not a duration; write seconds such as 60, or minutes and seconds such as 1:30'
        ],
    ),
    (
        "work infinite",
        circuit("work: 60", "work: .inf"),
        [
            'circuits/core.yaml:3:7: work: ".inf": this is not a duration; write seconds such as 60, or minutes and seconds such as 1:30'
        ],
    ),
    (
        "work hexadecimal",
        circuit("work: 60", "work: 0x3C"),
        [
            'circuits/core.yaml:3:7: work: "0x3C": this is not a duration; write seconds such as 60, or minutes and seconds such as 1:30'
        ],
    ),
    (
        "work with 75 seconds",
        circuit("work: 60", "work: 1:75"),
        ['circuits/core.yaml:3:7: work: "1:75": seconds after a colon go up to 59; write 2:15'],
    ),
    (
        "work with one digit of seconds",
        circuit("work: 60", "work: 1:5"),
        ['circuits/core.yaml:3:7: work: "1:5": seconds after a colon have two digits; write 1:05 or 1:50'],
    ),
    (
        "work with hours",
        circuit("work: 60", "work: 1:00:00"),
        ['circuits/core.yaml:3:7: work: "1:00:00": hours are not used here; write minutes and seconds: 60:00'],
    ),
    (
        "work finer than a millisecond",
        circuit("work: 60", "work: 0.0004"),
        [
            'circuits/core.yaml:3:7: work: "0.0004": a duration is exact to the millisecond; write at most three digits after the point'
        ],
    ),
    (
        "rest of more than an hour",
        circuit("work: 60", "work: 60\nround_break: 3601"),
        ['circuits/core.yaml:4:14: round_break: "3601" is out of range; write a duration from 0 to 60:00'],
    ),
    (
        "own time out of range",
        circuit("- plank", "- {exercise: plank, work: 0}"),
        [
            'circuits/core.yaml:5:29: exercises.work: "0" is out of range; write a duration of more than 0 and at most 60:00'
        ],
    ),
    (
        "no exercises",
        circuit("\n  - plank", " []"),
        ["circuits/core.yaml:4:12: exercises: the list is empty; write 1 to 30 items"],
    ),
    (
        "exercises empty",
        circuit("\n  - plank", ""),
        [
            'circuits/core.yaml:4:11: exercises: a list is expected here, but this is empty; write each item on a line of its own after "- "'
        ],
    ),
    (
        "too many exercises",
        circuit("  - plank\n", "  - plank\n" * 31),
        ["circuits/core.yaml:35:5: exercises: the list has 31 items; at most 30"],
    ),
    (
        "unknown exercise",
        circuit("- plank", "- plnk"),
        ['circuits/core.yaml:5:5: exercises: there is no exercise "plnk"; did you mean "plank"?'],
    ),
    (
        "unknown exercise, nothing near",
        circuit("- plank", "- burpees"),
        [
            'circuits/core.yaml:5:5: exercises: there is no exercise "burpees"; possible here: plank; or write "name: burpees" for one without a file'
        ],
    ),
    (
        "exercise by its number",
        circuit("- plank", "- 1"),
        ['circuits/core.yaml:5:5: exercises: YAML reads this as a number; put it in quotes: "1"'],
    ),
    (
        "exercise without its name",
        circuit("- plank", "- work: 30"),
        ['circuits/core.yaml:5:5: exercises: the key "exercise" is missing; add it'],
    ),
    (
        "unknown circuit",
        settings("circuit: cor"),
        ['kiosk.yaml:1:10: circuit: there is no circuit "cor"; did you mean "core"?'],
    ),
    (
        "pin that is no GPIO",
        settings("buzzer: {pin: 28}"),
        [
            "kiosk.yaml:1:15: buzzer.pin: there is no GPIO 28 on the header; write a GPIO (BCM) number from 2 to 27, not the position on the header"
        ],
    ),
    (
        "negative pin",
        settings("buzzer: {pin: -1}"),
        [
            "kiosk.yaml:1:15: buzzer.pin: there is no GPIO -1 on the header; write a GPIO (BCM) number from 2 to 27, not the position on the header"
        ],
    ),
    (
        "reserved pin",
        settings("button:\n  pin: 0"),
        [
            "kiosk.yaml:2:8: button.pin: GPIO 0 is reserved for the memory of add-on boards; write a GPIO (BCM) number from 2 to 27, not the position on the header"
        ],
    ),
    (
        "pin by name",
        settings("button:\n  pin: GPIO17"),
        ['kiosk.yaml:2:8: button.pin: "GPIO17": a pin is a number; write 17'],
    ),
    (
        "pin none",
        settings("button:\n  pin: none"),
        [
            'kiosk.yaml:2:8: button.pin: a GPIO number is expected here, not "none"; write a GPIO (BCM) number from 2 to 27, not the position on the header'
        ],
    ),
    (
        "same pin in two groups",
        settings("button:\n  pin: 22\nbuzzer:\n  pin: 22"),
        ["kiosk.yaml:4:8: buzzer.pin: GPIO 22 is also the pin of button.pin; give each a pin of its own"],
    ),
    (
        "same pin in one group",
        settings("button:\n  skip_pin: 5\n  back_pin: 5"),
        ["kiosk.yaml:3:13: button.back_pin: GPIO 5 is also the pin of button.skip_pin; give each a pin of its own"],
    ),
    (
        "same pin as a default",
        settings("button:\n  pin: 27"),
        ["kiosk.yaml:2:8: button.pin: GPIO 27 is also the pin of buzzer.pin (its default); give each a pin of its own"],
    ),
    (
        "same pin as an earlier default",
        settings("buzzer:\n  pin: 17"),
        ["kiosk.yaml:2:8: buzzer.pin: GPIO 17 is also the pin of button.pin (its default); give each a pin of its own"],
    ),
    (
        "pin that pulls up",
        settings("button:\n  pin: 3\n  active_low: false"),
        [
            "kiosk.yaml:2:8: button.pin: GPIO 3 always pulls up; choose another pin, or wire to ground and set active_low: true"
        ],
    ),
    (
        "truth value in quotes",
        settings('button:\n  active_low: "true"'),
        [
            'kiosk.yaml:2:15: button.active_low: true or false is expected here, not "true"; write true or false without quotes'
        ],
    ),
    (
        "truth value as a number",
        settings("buzzer: {active_high: 1}"),
        [
            'kiosk.yaml:1:23: buzzer.active_high: true or false is expected here, not "1"; write true or false without quotes'
        ],
    ),
    (
        "debounce too long",
        settings("button: {debounce: 20}"),
        ['kiosk.yaml:1:20: button.debounce: "20" is out of range; write a duration from 0 to 0.2 seconds'],
    ),
    (
        "hold too short",
        settings("button: {hold: 0.1}"),
        ['kiosk.yaml:1:16: button.hold: "0.1" is out of range; write a duration from 0.5 to 10 seconds'],
    ),
    (
        "unknown buzzer",
        settings("buzzer: {kind: loud}"),
        ['kiosk.yaml:1:16: buzzer.kind: "loud" is not possible here; write active, passive or none'],
    ),
    (
        "misspelt pin factory",
        settings("pin_factory: lgpoi"),
        ['kiosk.yaml:1:14: pin_factory: "lgpoi" is not possible here; did you mean "lgpio"?'],
    ),
    (
        "unknown speakers",
        settings("speakers: on"),
        ['kiosk.yaml:1:11: speakers: "on" is not possible here; write auto or off'],
    ),
    (
        "size without a height",
        settings("screen: {size: 1080}"),
        [
            "kiosk.yaml:1:16: screen.size: a size is expected here; write auto, or width x height in pixels such as 1920x1080"
        ],
    ),
    (
        "size too small",
        settings("screen: {size: 20x10}"),
        ['kiosk.yaml:1:16: screen.size: "20x10" is too small to read; write at least 320x240, or auto'],
    ),
    (
        "turned by an angle that is not a right one",
        settings("screen: {rotate: 45}"),
        [
            "kiosk.yaml:1:18: screen.rotate: the picture cannot be turned by 45 degrees; write 0, 90, 180 or 270: degrees clockwise"
        ],
    ),
    (
        "turned counterclockwise",
        settings("screen: {rotate: -90}"),
        ["kiosk.yaml:1:18: screen.rotate: the picture cannot be turned by -90 degrees; write 270"],
    ),
    (
        "turned by a word",
        settings("screen: {rotate: left}"),
        [
            'kiosk.yaml:1:18: screen.rotate: an angle is expected here, not "left"; write 0, 90, 180 or 270: degrees clockwise'
        ],
    ),
    (
        "dimming after too long",
        settings("screen: {dim_after: 3601}"),
        [
            'kiosk.yaml:1:21: screen.dim_after: "3601" is out of range; write a duration from 10 to 60:00, or 0 for never'
        ],
    ),
    (
        "dimming before anybody could press again",
        settings("screen: {dim_after: 0.5}"),
        ['kiosk.yaml:1:21: screen.dim_after: "0.5" is out of range; write a duration from 10 to 60:00, or 0 for never'],
    ),
    (
        "sleep before anybody could press again",
        settings("television: {sleep_after: 1}"),
        [
            'kiosk.yaml:1:27: television.sleep_after: "1" is out of range; write a duration from 30 to 720:00, or 0 for never'
        ],
    ),
    (
        "pause that ends at once",
        settings("pause_limit: 1:00"),
        ['kiosk.yaml:1:14: pause_limit: "1:00" is out of range; write a duration from 2:00 to 720:00, or 0 for never'],
    ),
    (
        "lists in the order in which people count",
        {
            "circuits/day-10.yaml": CIRCUIT + "x: 1\n",
            "circuits/day-2.yaml": CIRCUIT + "x: 1\n",
            **settings("circuit: zz"),
        },
        [
            'circuits/day-2.yaml:6:1: unknown key "x"; possible here: amount, cap, changeover, easy, exercises, get_ready, name, round_break, rounds, switch, work',
            'circuits/day-10.yaml:6:1: unknown key "x"; possible here: amount, cap, changeover, easy, exercises, get_ready, name, round_break, rounds, switch, work',
            'kiosk.yaml:1:10: circuit: there is no circuit "zz"; possible here: core, day-2, day-10',
        ],
    ),
    ("tab", circuit("  - plank", "\t- plank"), ["circuits/core.yaml:5:1: there is a tab here; indent with spaces"]),
    (
        "colon in text",
        exercise("tip: Do not sag", "tip: Easier: hold 10 s"),
        [
            'exercises/plank.yaml:6:12: ":" is not expected here; put text that contains ": " in quotes, or check the indentation and the line above'
        ],
    ),
    (
        "colon missing",
        circuit("rounds: 3", "rounds 3"),
        ['circuits/core.yaml:2:1: a ":" is missing after this key; write "key: value"'],
    ),
    (
        "indentation",
        circuit("rounds: 3", " rounds: 3"),
        [
            'circuits/core.yaml:2:8: ":" is not expected here; put text that contains ": " in quotes, or check the indentation and the line above'
        ],
    ),
    (
        "quote not closed",
        exercise("tip: Do not sag", 'tip: "Do not sag'),
        ["exercises/plank.yaml:6:6: the text that begins here has no closing quote; add it"],
    ),
    (
        "quote closed too soon",
        exercise("tip: Do not sag", "tip: 'Don't sag'"),
        ["exercises/plank.yaml:6:10: the text in quotes ends at this apostrophe; put the whole text in double quotes"],
    ),
    (
        "apostrophe in a group",
        circuit("- plank", "- {name: 'Farmer's carry'}"),
        ["circuits/core.yaml:5:19: the text in quotes ends at this apostrophe; put the whole text in double quotes"],
    ),
    (
        "bracket not closed",
        exercise("[Obliques]", "[Obliques"),
        ['exercises/plank.yaml:2:10: the list that begins here is not closed; add the missing "," or "]"'],
    ),
    (
        "bracket too many",
        exercise("[Obliques]", "[Obliques]]"),
        ['exercises/plank.yaml:2:20: a "]" is not expected here; remove it or put the text in quotes'],
    ),
    (
        "brace not closed",
        settings("button: {pin: 17"),
        ['kiosk.yaml:1:9: the group that begins here is not closed; add the missing "," or "}"'],
    ),
    (
        "list in a line",
        circuit("\n  - plank", " - plank"),
        ['circuits/core.yaml:4:12: a "- " is not expected here; begin a list on a line of its own'],
    ),
    (
        "text that begins with @",
        exercise("tip: Do not sag", "tip: @home"),
        ['exercises/plank.yaml:6:6: text cannot begin with "@"; put it in quotes'],
    ),
    (
        "text that begins with *",
        exercise("tip: Do not sag", "tip: *Never* sag"),
        ["exercises/plank.yaml:6:6: text cannot begin with * or &; put it in quotes"],
    ),
    (
        "text that begins with * only",
        exercise("tip: Do not sag", "tip: * sag"),
        ["exercises/plank.yaml:6:6: text cannot begin with * or &; put it in quotes"],
    ),
    (
        "text that begins with &",
        exercise("tip: Do not sag", "tip: &more sag"),
        ['exercises/plank.yaml:6:6: "&more" is an anchor; remove it, or put text that begins with & in quotes'],
    ),
    (
        "text that begins with !",
        exercise("tip: Do not sag", "tip: !Never sag"),
        ['exercises/plank.yaml:6:6: there is a tag ("!...") here; remove it, or put text that begins with ! in quotes'],
    ),
    (
        "tag of Python",
        settings("circuit: !!python/object/apply:os.system [ls]"),
        ['kiosk.yaml:1:10: there is a tag ("!...") here; remove it, or put text that begins with ! in quotes'],
    ),
    (
        "tag of an unknown kind",
        settings("circuit: !a!b core"),
        ["kiosk.yaml:1:10: text cannot begin with !; put it in quotes"],
    ),
    (
        "text that begins with |",
        exercise("tip: Do not sag", "tip: |no"),
        ["exercises/plank.yaml:6:6: text cannot begin with | or >; put it in quotes"],
    ),
    (
        "backslash",
        exercise("tip: Do not sag", r'tip: "Do\q not sag"'),
        ["exercises/plank.yaml:6:10: a backslash has a special meaning in double quotes; use single quotes"],
    ),
    (
        "character number too high",
        exercise("tip: Do not sag", r'tip: "\UFFFFFFFF"'),
        ["exercises/plank.yaml:6:9: this cannot be read as YAML; put the text in quotes"],
    ),
    (
        "value missing",
        settings("circuit: ,"),
        ["kiosk.yaml:1:10: a value is expected here; put text that begins with a sign in quotes"],
    ),
    (
        "two documents",
        settings("circuit: core\n---\ncircuit: core"),
        ['kiosk.yaml:2:1: a second document begins here; keep one and remove the line "---"'],
    ),
    (
        "bomb",
        settings("a: &a [x, x]\nb: [*a, *a]"),
        ['kiosk.yaml:1:4: "&a" is an anchor; remove it, or put text that begins with & in quotes'],
    ),
    ("deep nesting", settings("[" * 50000), ["kiosk.yaml:1:21: the nesting is too deep here; at most 20 levels"]),
    (
        "number of YAML's version",
        {"kiosk.yaml": "%YAML 1." + "9" * 5000 + "\n---\na: b"},
        ["kiosk.yaml:1:9: this cannot be read as YAML; put the text in quotes"],
    ),
    (
        "empty file",
        {"exercises/plank.yaml": ""},
        ["exercises/plank.yaml:1:1: the file is empty; fill it in or delete it"],
    ),
    ("only comments", settings("# nothing"), ["kiosk.yaml:1:1: the file is empty; fill it in or delete it"]),
    (
        "no UTF-8",
        {"kiosk.yaml": "circuit: core\n# Kr\u00e4ftig".encode("latin-1")},
        ["kiosk.yaml:2:5: this is not UTF-8 (byte 0xe4); save the file as UTF-8"],
    ),
    (
        "UTF-16",
        {"kiosk.yaml": "circuit: core".encode("utf-16")},
        ["kiosk.yaml:1:1: this looks like UTF-16; save the file as UTF-8"],
    ),
    (
        "UTF-16 without its mark",
        {"kiosk.yaml": "circuit: core".encode("utf-16-le")},
        ["kiosk.yaml:1:1: this looks like UTF-16; save the file as UTF-8"],
    ),
    (
        "control character",
        {"kiosk.yaml": "circuit: co\0re"},
        ["kiosk.yaml:1:12: there is an invisible control character (U+0000) here; delete it"],
    ),
    ("too large", {"kiosk.yaml": "#" * 100_001}, ["kiosk.yaml: the file is too large; at most 100 kB"]),
    (
        "text file",
        {"exercises/side.yaml.txt": ""},
        ['exercises/side.yaml.txt: the name ends in .txt; rename the file to "side.yaml"'],
    ),
    (
        "impossible name",
        {"exercises/side plank.yaml": EXERCISE},
        [
            "exercises/side plank.yaml: the file's name is not allowed; use letters, digits and hyphens, such as side-plank.yaml"
        ],
    ),
    (
        "two endings",
        {"exercises/plank.yml": EXERCISE},
        ['exercises/plank.yml: there is also a "plank.yaml"; keep one of the two'],
    ),
    (
        "two settings",
        {"kiosk.yml": "", "kiosk.yaml": "circuit: core"},
        ['kiosk.yml: there is also a "kiosk.yaml"; keep one of the two'],
    ),
    (
        "several at once",
        {**exercise("tip:", "tpi:"), **circuit("rounds: 3", "rounds: 0"), **settings("speakers: loud")},
        [
            "circuits/core.yaml:2:9: rounds: 0 is out of range; write a whole number from 1 to 99",
            'exercises/plank.yaml:6:1: unknown key "tpi"; did you mean "tip"?',
            'kiosk.yaml:1:11: speakers: "loud" is not possible here; write auto or off',
        ],
    ),
]


@pytest.mark.parametrize(("files", "expected"), [pytest.param(*row[1:], id=row[0]) for row in TABLE])
def test_says_what_is_wrong_and_what_would_be_right(
    files: Files, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write({"exercises/plank.yaml": EXERCISE, "circuits/core.yaml": CIRCUIT, **files})
    with pytest.raises(ConfigError) as caught:
        load(Path("config"))
    assert list(caught.value.lines) == [f"config/{problem}" for problem in expected]
    assert str(caught.value) == "\n".join(caught.value.lines)


def test_the_two_files_that_the_table_changes_are_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write({"exercises/plank.yaml": EXERCISE, "circuits/core.yaml": CIRCUIT})
    assert load(Path("config")).circuits[0].name == "Core"


def test_the_table_has_no_row_twice() -> None:
    assert len({row[0] for row in TABLE}) == len(TABLE) >= 50


def write(files: Files) -> None:
    for name, content in files.items():
        path = Path("config", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
