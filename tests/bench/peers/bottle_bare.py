"""A bare Bottle program under waitress, which answers with one word: `python bottle_bare.py FD`.

FD is the descriptor of a socket that listens.
"""

from __future__ import annotations

import socket
import sys

import bottle
import waitress

app = bottle.Bottle()


@app.get("/")  # type: ignore[untyped-decorator]  # bottle has no types
def index() -> str:
    return "hello"


def main() -> None:
    waitress.serve(app, sockets=[socket.socket(fileno=int(sys.argv[1]))], _quiet=True)


if __name__ == "__main__":
    main()
