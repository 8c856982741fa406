"""JSON to where output goes: one object, or one object a line where several inputs were read."""

import json
from typing import Any

from taizhang.cli.delivery import Delivery


class JsonStream:
    """Writes contract values. Of a single input: one object, indented on a terminal. Of several: JSON Lines."""

    def __init__(self, delivery: Delivery, *, is_single: bool) -> None:
        self._delivery = delivery
        self._is_single = is_single

    def put(self, value: dict[str, Any], name: str, sha256: str) -> None:
        """One input's value, with `file` and `sha256` beside the contract's own keys."""
        schema = {"schema": value["schema"]} if "schema" in value else {}
        self.write({**schema, "file": name, "sha256": sha256, **value}, name)

    def write(self, value: dict[str, Any], name: str) -> None:
        """One value as it is."""
        # Indenting leaves the fast encoder, so it is kept for people.
        indent = 2 if self._is_single and self._delivery.is_terminal() else None
        separators = None if indent else (",", ":")
        self._delivery.put(json.dumps(value, ensure_ascii=False, indent=indent, separators=separators) + "\n", name)
