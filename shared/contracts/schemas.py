"""Writes the contracts down: a JSON Schema per event type, and the AsyncAPI document. ``make schemas``."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from shared.contracts import asyncapi
from shared.contracts.claims import FOLDER, claims
from shared.contracts.envelope import EventData
from shared.contracts.registry import MODELS, PUBLISHERS

ASYNCAPI_FILE = "asyncapi.json"


class _WithoutTitles(GenerateJsonSchema):
    """Leaves out the titles pydantic makes of field names; they say nothing new."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002  (pydantic's signature)
        return False


def schema_of(model: type[EventData]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of *model*'s ``data``, as it is published."""
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"urn:x-shouxian:{model.type}",
        **model.model_json_schema(mode="serialization", schema_generator=_WithoutTitles),
    }


def documents(folder: Path = FOLDER) -> dict[Path, str]:
    """Return every file that is written and what must be in it. Claims are read from *folder*."""
    written = {
        folder / asyncapi.schema_path(type_): _text(schema_of(model)) for type_, model in MODELS.items()
    }
    return written | {folder / ASYNCAPI_FILE: _text(asyncapi.document(claims(folder)))}


def stale(folder: Path = FOLDER) -> list[Path]:
    """Return the files that are missing, differ, or belong to no event type any more."""
    wanted = documents(folder)
    differing = [
        file for file, text in wanted.items() if not file.is_file() or file.read_text("utf-8") != text
    ]
    return sorted([*differing, *(file for file in _present(folder) if file not in wanted)])


def write(folder: Path = FOLDER) -> list[Path]:
    """Make every file what it must be; return those that changed."""
    wanted, changed = documents(folder), stale(folder)
    for file in changed:
        if file in wanted:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(wanted[file], encoding="utf-8")
        else:
            file.unlink()
    return changed


def main(arguments: Sequence[str] | None = None, folder: Path = FOLDER) -> int:
    """Write the files, or with ``--check`` fail when there would be something to write."""
    parser = argparse.ArgumentParser(prog="python -m shared.contracts.schemas", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is stale")
    check = parser.parse_args(arguments).check
    files = stale(folder) if check else write(folder)
    for file in files:
        sys.stdout.write(f"{'stale' if check else 'written'}: {file.relative_to(folder)}\n")
    return 1 if check and files else 0


def _present(folder: Path) -> Iterator[Path]:
    for publisher in PUBLISHERS:
        yield from sorted((folder / publisher / "schemas").glob("*.json"))


def _text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
