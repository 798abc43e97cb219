"""From text to YAML nodes, which know their line and column. Only the plain part of YAML is let through."""

from __future__ import annotations

import yaml

from kiosk.config.problem import ContentError, Problem, quoted, wrong
from kiosk.config.syntax import explain

DEEPEST = 8
"""Levels of nesting; the deepest that a file of ours needs is 4. Composing is recursive, so there has to be an end."""


def document(text: str) -> yaml.Node:
    """Return the root of the only document in the text. Raises ContentError."""
    loader = _PlainLoader(text)
    try:
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        raise ContentError(explain(error)) from error
    except ContentError:
        raise
    except Exception as error:
        # PyYAML lets others out too, such as OverflowError for "\UFFFFFFFF" and ValueError for "%YAML 1.<5000 digits>".
        mark = loader.get_mark()
        raise ContentError(
            Problem("this cannot be read as YAML; put the text in quotes", mark.line + 1, mark.column + 1)
        ) from error
    finally:
        loader.dispose()
    if root is None:
        raise ContentError(Problem("the file is empty; fill it in or delete it", 1, 1))
    return root


class _PlainLoader(yaml.SafeLoader):
    """Composes nodes without tags, anchors and aliases: nobody needs them here, and bombs are made of them."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.NodeEvent = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            what = quoted(f"*{event.anchor}")
            raise wrong(event, f"{what} is a reference; write it out instead, or put text that begins with * in quotes")
        if event.anchor is not None:
            what = quoted(f"&{event.anchor}")
            raise wrong(event, f"{what} is an anchor; remove it, or put text that begins with & in quotes")
        if getattr(event, "tag", None) is not None:
            raise wrong(event, 'a tag ("!...") is here; remove it, or put text that begins with ! in quotes')
        if self._depth == DEEPEST:
            raise wrong(event, f"the nesting is too deep here; at most {DEEPEST} levels")
        self._depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node
