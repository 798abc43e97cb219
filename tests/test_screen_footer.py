"""The footer's labels: the current round, and the rounds that are done."""

from __future__ import annotations

import pytest

from kiosk.screen.widgets.footer import Progress, footer
from tests.screen_checks import context, icons
from tests.screen_samples import SIZES


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("rounds", range(1, 31))
def test_all_rounds_that_are_done_have_a_tick_or_none_has(rounds: int, size: tuple[int, int]) -> None:
    counts = []
    for round_ in range(1, rounds + 1):
        items = footer(context(size), Progress(rounds, 1, round_, 0), 0.5, "Next", "Finish", (9, 9, 9))
        counts.append(icons(items, "check"))
    assert counts in ([0] * rounds, list(range(rounds)))


def test_few_rounds_have_ticks() -> None:
    items = footer(context((1920, 1080)), Progress(3, 5, 3, 0), 0.5, "Next", "Finish", (9, 9, 9))
    assert icons(items, "check") == 2
    assert {"Round 1", "Round 2", "Round 3/3"} <= {text.text for item in items for text in item.texts}
