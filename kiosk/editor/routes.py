"""The routes of the page: what is asked of the server, and who answers. The door has let the request through."""

from __future__ import annotations

import gzip
import logging
from collections.abc import Callable
from typing import IO, Any

import bottle

from kiosk.config.values import FILE_NAME
from kiosk.editor import entrance, remote_routes, showing, workouts
from kiosk.editor.body import BodyError
from kiosk.editor.child import ChildError
from kiosk.editor.door import SESSION, Wsgi
from kiosk.editor.errors import Conflict, Missing, Refused, because
from kiosk.editor.page import Page
from kiosk.editor.pictures import PictureError
from kiosk.editor.preview import BusyError, SupersededError
from kiosk.editor.reply import JSON, NO_ROUTE, Asked, Handler, Reply, as_json, failure

log = logging.getLogger("kiosk")

_KINDS = "<kind:re:circuits|exercises>"
PROBLEM = "Something went wrong here; the log of the machine says more."
WORTH_ZIPPING = 2000
BUSY = "This machine is busy; try again."

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/", entrance.index),
    ("GET", "/static/<file>", entrance.file),
    ("GET", "/api/session", entrance.is_in),
    ("POST", "/api/session", entrance.come_in),
    ("POST", "/api/session/end", entrance.leave),
    ("GET", "/api/overview", workouts.overview),
    ("GET", f"/api/{_KINDS}/<name>", workouts.read),
    ("POST", f"/api/{_KINDS}", workouts.new),
    ("POST", f"/api/{_KINDS}/<name>", workouts.save),
    ("POST", f"/api/{_KINDS}/<name>/duplicate", workouts.duplicate),
    ("POST", f"/api/{_KINDS}/<name>/delete", workouts.delete),
    ("POST", "/api/circuits-order", workouts.order),
    ("POST", "/api/draft", showing.check_draft),
    ("POST", "/api/draft/picture", showing.draft_picture),
    ("GET", "/api/figures/<name>.png", showing.figure),
    ("GET", "/api/pictures/<name>", showing.own_picture),
    ("GET", "/api/pictures/<name>/<number:re:[0-9]{1,2}>", showing.own_picture),
    ("POST", "/api/pictures", showing.upload),
    ("GET", "/api/uploads/<name>/<number:re:[0-9]{1,2}>", showing.staged),
    ("GET", "/api/settings", workouts.settings),
    ("POST", "/api/settings", workouts.save_settings),
    ("GET", "/api/changes", workouts.changes),
    ("POST", "/api/changes/<name>/undo", workouts.undo),
    ("POST", "/api/reset", workouts.reset),
    ("GET", "/api/archive.zip", workouts.archive),
    ("POST", "/api/archive", workouts.take_archive),
    ("GET", "/api/wall", remote_routes.now),
    ("POST", "/api/wall", remote_routes.do),
)
"""Every route: the method, the path, and the function that answers. `name` is always a FILE_NAME."""


def routes(page: Page) -> Wsgi:
    """Return the application that answers the requests which the door lets through."""
    app = bottle.Bottle()
    app.default_error_handler = _no_answer
    for method, path, handler in ROUTES:
        app.route(path, method, _answering(handler, page))
    application: Wsgi = app
    return application


def _answering(handler: Handler, page: Page) -> Callable[..., Any]:
    def answer(**names: str) -> Any:
        environ = bottle.request.environ
        reply = _reply(handler, Asked(page, environ, environ.get(SESSION)), names)
        if reply.type == JSON and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            reply = _smaller(reply)
        return bottle.HTTPResponse(reply.content, reply.status, {"Content-Type": reply.type, **dict(reply.headers)})

    return answer


def _smaller(reply: Reply) -> Reply:
    """Return a reply compressed, if it is worth that: the overview has 40 kB."""
    if not isinstance(reply.content, bytes) or len(reply.content) < WORTH_ZIPPING:
        return reply
    headers = (*reply.headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    return reply._replace(content=gzip.compress(reply.content, 6), headers=headers)


def _reply(handler: Handler, asked: Asked, names: dict[str, str]) -> Reply:
    try:
        if any(not FILE_NAME.fullmatch(name) for key, name in names.items() if key == "name"):
            raise Missing(NO_ROUTE)
        said = handler(asked, **names)
        return said if isinstance(said, Reply) else as_json(said)
    except (BodyError, PictureError) as error:
        return failure(400, str(error))
    except Missing as error:
        return failure(404, str(error))
    except Conflict as error:
        more = {"changed": error.changed, "document": error.document, "version": error.version}
        return failure(409, str(error), **more)
    except SupersededError:
        return failure(409, "superseded")
    except Refused as error:
        return failure(422, str(error), problems=error.problems)
    except (BusyError, ChildError) as error:
        return failure(503, str(error) or BUSY)
    except OSError as error:
        log.warning("the page could not read or write: %s", error)
        return failure(503, because(error))
    except Exception:
        log.exception("the page could not answer")
        return failure(500, PROBLEM)


def _no_answer(error: Any) -> bytes | IO[bytes]:
    """Return the body where no route answers; Bottle's own would be a page."""
    bottle.response.content_type = "application/json"
    return failure(error.status_code, NO_ROUTE if error.status_code < 500 else PROBLEM).content
