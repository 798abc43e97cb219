"""The page's process as the wall's unit starts it: `python page_process.py FD ASKED STATUS`.

It gets a socket that listens, as from systemd, and the two files by which wall and page know of each other. The only
address of this machine is 127.0.0.1, so that a benchmark needs no network.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from kiosk.editor import service

HOST = "127.0.0.1"


def main() -> int:
    listening = socket.socket(fileno=int(sys.argv[1]))
    vars(service).update(passed_socket=lambda: listening, addresses=lambda _: [HOST], own_names=lambda: [HOST])
    return service.run(Path(sys.argv[2]), Path(sys.argv[3]))


if __name__ == "__main__":
    sys.exit(main())
