"""The record of what the package and `kiosk setup` have changed outside the package, so that it can be undone."""

from __future__ import annotations

from pathlib import Path

RECORD = Path("/var/lib/kiosk-setup/changes")


class Record:
    """Lines of "kind value", such as "cmdline /boot/firmware/cmdline.txt". The package's scripts read them too."""

    def __init__(self, path: Path = RECORD) -> None:
        self._path = path

    def values(self, kind: str) -> list[str]:
        return [value for one, value in self._lines() if one == kind]

    def add(self, kind: str, value: str) -> None:
        self._write([*self._lines(), (kind, value)])

    def remove(self, kind: str) -> None:
        self._write([line for line in self._lines() if line[0] != kind])

    def _lines(self) -> list[tuple[str, str]]:
        try:
            text = self._path.read_text()
        except FileNotFoundError:
            return []
        pairs = [line.partition(" ") for line in text.splitlines() if line]
        return [(kind, value) for kind, _, value in pairs]

    def _write(self, lines: list[tuple[str, str]]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_name(f"{self._path.name}.new")
        new.write_text("".join(f"{kind} {value}\n" for kind, value in dict.fromkeys(lines)))
        new.replace(self._path)
