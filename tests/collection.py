"""Exercises as large collections have them, made from word lists: only a name, long names, long steps, any letters."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from kiosk.circuit import Circuit, Exercise, Sides
from kiosk.timeline import Timeline
from tests.samples import rounds_of, work

GEAR = (
    "barbell",
    "dumbbell",
    "kettlebell",
    "cable",
    "resistance band",
    "medicine ball",
    "smith machine",
    "EZ curl bar",
)
MOVES = (
    "press",
    "row",
    "curl",
    "squat",
    "deadlift",
    "lunge",
    "raise",
    "fly",
    "extension",
    "pulldown",
    "twist",
    "crunch",
)
WAYS = (
    "seated",
    "standing",
    "incline",
    "decline",
    "single-arm",
    "alternating",
    "close-grip",
    "behind-the-neck",
    "prone",
)
ENDS = ("with pause", "to failure", "on a bench", "against the wall", "with a neutral grip", "from the floor", "- slow")
MUSCLES = ("quadriceps", "hamstrings", "glutes", "lower back", "abdominals", "middle back", "forearms", "shoulders")
WORDS = (
    *(
        "your",
        "slowly",
        "the",
        "arms",
        "back",
        "knees",
        "hold",
        "lower",
        "until",
        "shoulders",
        "straight",
        "and",
        "hips",
    ),
    *(
        "breathe",
        "out",
        "elbows",
        "close",
        "to",
        "body",
        "then",
        "return",
        "starting",
        "position",
        "feet",
        "floor",
        "a",
    ),
    *(
        "weight",
        "under",
        "control",
        "chest",
        "up",
        "keep",
        "abdominals",
        "tight",
        "without",
        "swinging",
        "bend",
        "press",
    ),
)
ELSEWHERE = (
    *("Żabka na piłce z pauzą", "Kniebeuge mit Überkopfstrecken", "Dřep s výskokem", "Отжимания от пола с хлопком"),
    *(
        "Κάμψεις με το ένα χέρι",
        "Pompes inclinées à genoux",
        "腹筋ローラー",
        "플랭크",
        "Flexão de braço – versão fácil",
    ),
    *("Đẩy tạ đơn trên ghế dốc", "الضغط على الأرض", "Squat 💪 × 2 ½"),
)


def exercise(random: Random, number: int) -> Exercise:
    """Return an exercise with a name, and with any of the other fields."""
    kind = random.random()
    if kind < 0.08:
        name = random.choice(ELSEWHERE)
    else:
        parts = [*random.sample(WAYS, random.randint(0, 2)), random.choice(GEAR), random.choice(MOVES)]
        name = " ".join(parts + random.sample(ENDS, 2 if kind > 0.85 else random.randint(0, 1))).capitalize()
    if kind < 0.25:
        return Exercise(f"e{number}", name, name)

    def often(part: float = 0.7) -> bool:
        return random.random() < part

    steps = tuple(_sentence(random, _length(random)) for _ in range(random.randint(1, 12))) if often(0.85) else ()
    return Exercise(
        id=f"e{number}",
        name=name,
        short=" ".join(name.split()[-2:])[:16].strip() if often(0.3) else name,
        muscles=tuple(random.sample(MUSCLES, random.randint(1, len(MUSCLES)))) if often() else (),
        why=tuple(_sentence(random, random.choice((30, 80, 160))) for _ in range(random.randint(1, 2)))
        if often(0.4)
        else (),
        how=tuple(_sentence(random, random.choice((30, 60, 120))) for _ in range(random.randint(1, 4)))
        if often(0.4)
        else (),
        steps=steps,
        tip=(_sentence(random, random.choice((40, 120, 250))),) if often(0.4) else (),
        cues=tuple(_sentence(random, random.choice((20, 45, 130))) for _ in range(random.randint(1, 4)))
        if often(0.4)
        else (),
        equipment=tuple(random.sample(GEAR, random.randint(1, 7))) if often() else (),
        sides=random.choice(tuple(Sides)),
        figure="plank" if often(0.15) else None,
    )


def collection(count: int, seed: int = 2026) -> list[Exercise]:
    random = Random(seed)
    return [exercise(random, number) for number in range(count)]


def timeline(one: Exercise, amount: str = "", *others: Exercise) -> Timeline:
    """Return a circuit in which the exercise comes twice in each of two rounds, and then each of the others."""
    after = (work(other, 60, 20, 5) for other in others)
    content = rounds_of(work(one, 60, 20, 5, amount), work(one, 60, 20, 5), *after, rounds=2, break_s=60.0)
    return Timeline.of(Circuit(id="c", name="Day 12: everything there is", content=content, get_ready_s=10))


def write(exercises: list[Exercise], folder: Path, listed: int = 20) -> None:
    """Write a config folder with the exercises, and circuits that list all of them. Figures are left out."""
    for name in ("exercises", "circuits"):
        (folder / name).mkdir(parents=True)
    for one in exercises:
        (folder / "exercises" / f"{one.id}.yaml").write_text(as_yaml(one), encoding="utf-8")
    for start in range(0, len(exercises), listed):
        names = ", ".join(one.id for one in exercises[start : start + listed])
        text = f"name: Circuit {start}\nrounds: 1\nwork: 40\nchangeover: 15\nexercises: [{names}]\n"
        (folder / "circuits" / f"c{start}.yaml").write_text(text)


def as_yaml(one: Exercise) -> str:
    lines = [f"name: {json.dumps(one.name, ensure_ascii=False)}"]
    if one.short != one.name:
        lines.append(f"short: {json.dumps(one.short, ensure_ascii=False)}")
    for key in ("muscles", "why", "how", "steps", "tip", "cues", "equipment"):
        if texts := getattr(one, key):
            lines += [f"{key}:", *(f"  - {json.dumps(text, ensure_ascii=False)}" for text in texts)]
    if one.sides is not Sides.NONE:
        lines.append(f"sides: {one.sides}")
    return "\n".join(lines) + "\n"


def _length(random: Random) -> int:
    """Return the length of a step: 125 characters in the median, and 300 now and then."""
    return random.choice((30, 70, 110, 120, 125, 130, 140, 180, 300))


def _sentence(random: Random, length: int) -> str:
    words = [random.choice(WORDS)]
    while sum(map(len, words)) + len(words) < length - 6:
        words.append(random.choice(WORDS))
    return " ".join(words).capitalize() + "."
