"""The text of a problem in a file as it is printed."""

from pathlib import Path

import pytest

from kiosk.errors import ConfigError, FigureError, Problem


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("no", "yes", 3, 5, "button.pin", Path("k/a.yaml")), "k/a.yaml:3:5: button.pin: no; yes"),
        (Problem("no", "yes", 3, 5, "", Path("a.yaml")), "a.yaml:3:5: no; yes"),
        (Problem("no", path=Path("a.yaml")), "a.yaml: no"),
        (Problem("no", "yes"), "no; yes"),
        (Problem("no", path=Path("a\nb.yaml")), "a\\nb.yaml: no"),
    ],
)
def test_a_problem_is_one_line(problem: Problem, line: str) -> None:
    assert str(problem) == line


@pytest.mark.parametrize("kind", [ConfigError, FigureError])
def test_an_error_keeps_its_problems_and_prints_each_on_a_line(kind: type[ConfigError | FigureError]) -> None:
    problems = (Problem("no", "yes", 1, 2), Problem("never"))
    error = kind(*problems)
    assert error.problems == problems
    assert error.lines == ("no; yes", "never")
    assert str(error) == "no; yes\nnever"
