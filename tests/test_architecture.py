"""The rules for which room of the package may import which; they keep the core free of clocks, pixels and pins."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kiosk"
CORE = (
    "circuit",
    "timeline",
    "signals",
    "notice",
    "phone",
    "session",
    "view",
    "look",
    "meaning",
    "journal",
    "errors",
    "plan",
    "faults",
    "moments",
    "warm_up",
    "words",
)
MAY_IMPORT = {
    "errors": {"printable"},
    "notice": set(),
    "phone": set(),
    "config_files": set(),
    "duration": set(),
    "colour": set(),
    "plural": set(),
    "printable": set(),
    "output": {"errors"},
    "stop": {"output"},
    "circuit": {"errors"},
    "timeline": {"circuit"},
    "signals": {"timeline"},
    "session": {"notice", "phone", "signals", "timeline"},
    "view": {"circuit", "duration", "notice", "phone", "plural", "timeline"},
    "look": {"circuit", "notice", "phone", "session", "timeline", "view"},
    "meaning": {"session", "timeline", "view"},
    "words": {"circuit", "duration", "phone", "plural", "timeline", "view"},
    "warm_up": {"look", "session", "timeline", "view"},
    "pacing": set(),
    "failures": {"errors"},
    "journal": {"duration", "session", "timeline"},
    "plan": {"circuit", "duration", "plural", "signals", "timeline"},
    "faults": {"errors", "printable", "view"},
    "config": {
        "config",
        "config_files",
        "circuit",
        "errors",
        "figure",
        "picture",
        "plural",
        "printable",
        "quick_pygame",
        "timeline",
    },
    "figure": {"figure", "colour", "config", "errors"},
    "picture": {"picture", "circuit", "colour"},
    "quick_pygame": set(),
    "screen": {
        *(
            "screen",
            "figure",
            "picture",
            "colour",
            "notice",
            "phone",
            "view",
            "look",
            "session",
            "timeline",
            "circuit",
            "duration",
            "plural",
        ),
        *("errors", "quick_pygame"),
    },
    "display": {"display", "errors", "quick_pygame", "session", "view", "words"},
    "hardware": {"hardware", "session", "signals", "timeline", "errors"},
    "system": {"system", "session", "timeline", "errors"},
    "setup": {"setup", "errors"},
    "app": {"failures", "pacing", "stop", "session", "timeline", "view", "look", "warm_up", "journal"},
    "remote": {"remote", "errors", "meaning", "plan", "session", "system", "timeline", "view", "words"},
    "terminal": {"session", "timeline", "view", "words"},
    "moments": {"errors", "faults", "duration", "notice", "phone", "session", "timeline", "view", "look"},
    "stick": {
        "stick",
        "circuit",
        "config",
        "config_files",
        "errors",
        "notice",
        "picture",
        "plural",
        "printable",
        "timeline",
    },
    "editor": {
        *("editor", "circuit", "config", "config_files", "duration", "errors", "figure", "moments", "output"),
        *("picture", "plan", "plural", "printable", "quick_pygame", "remote", "screen", "stick", "stop"),
        *("system", "timeline"),
    },
    "glyphs": {"circuit", "config", "errors", "screen"},
    "show": {
        "show",
        "moments",
        "figure",
        "colour",
        "screen",
        "config",
        "config_files",
        "view",
        "timeline",
        "plural",
        "errors",
    },
}
"""For each room of the package, the rooms that it may import. The rooms in WIRES may import any room."""
SCREEN = ("scenes", "widgets")
"""The layers of the screen below the compositor, from the top down."""
WIRES = ("wiring", "cli", "doctor", "__main__", "__init__")
NOT_FOR_THE_CORE = {"pygame", "gpiozero", "yaml", "threading", "time", "os", "datetime", "random"}


def imports(path: Path) -> set[str]:
    """Return the full names of the modules that a file imports, at top level or inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: say the whole name, not a relative one"
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room(name: str) -> str | None:
    """Return the room of the module with this full name; None for a module outside the package `kiosk`."""
    parts = name.split(".")
    return parts[1] if parts[0] == "kiosk" and len(parts) > 1 else None


FILES = sorted(path for path in PACKAGE.rglob("*.py") if "shipped" not in path.parts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_what_its_room_may(path: Path) -> None:
    inside = path.relative_to(PACKAGE).with_suffix("").parts[0]
    if inside in WIRES:
        return
    assert inside in MAY_IMPORT, f"a new room, {inside}: say in MAY_IMPORT what it may import"
    rooms = {found for name in imports(path) if (found := room(name))}
    assert rooms <= MAY_IMPORT[inside], f"{inside} must not import {sorted(rooms - MAY_IMPORT[inside])}"


def test_no_module_imports_itself_in_a_circle() -> None:
    """Imports within functions and imports only for type checkers count too."""
    modules = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in FILES}
    modules = {name.removesuffix(".__init__"): path for name, path in modules.items()}
    graph = {name: (imports(path) & modules.keys()) - {name} for name, path in modules.items()}
    for needs in graph.values():
        # `from kiosk.config import x` also names the package. If x is a module, only x is needed.
        needs -= {one for one in needs if any(other.startswith(f"{one}.") for other in needs)}
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("path", [one for one in FILES if one.parent.name in SCREEN], ids=lambda path: path.stem)
def test_widgets_know_no_scene_and_scenes_no_compositor(path: Path) -> None:
    above = SCREEN[: SCREEN.index(path.parent.name)]
    layers = {name.split(".")[2] for name in imports(path) if name.startswith("kiosk.screen.")}
    assert not layers & {"compositor", *above}


@pytest.mark.parametrize("name", CORE)
def test_the_core_knows_no_clock_no_pixel_and_no_pin(name: str) -> None:
    outside = {imported.split(".")[0] for imported in imports(PACKAGE / f"{name}.py")}
    assert not outside & NOT_FOR_THE_CORE


def test_the_commands_for_files_load_neither_pygame_nor_gpiozero() -> None:
    """`kiosk plan` and `kiosk check` must answer at once, and on machines without these libraries."""
    top_level = {
        alias.name.split(".")[0]
        for node in ast.parse((PACKAGE / "cli.py").read_text()).body
        for alias in (node.names if isinstance(node, ast.Import) else [])
    }
    assert not top_level & {"pygame", "gpiozero"}
