"""Which fields of which event a reader needs: ``<publisher>/readers/<reader>.yaml``, owned by the reader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.contracts.envelope import EventData
from shared.contracts.registry import MODELS, PUBLISHERS
from shared.parameters.strict_yaml import ParameterFileError, read_document

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Claim:
    """What *reader* uses of *publisher*'s events: type → fields, nested ones with dots (``members.sex``)."""

    reader: str
    publisher: str
    types: Mapping[str, tuple[str, ...]]


def claims(folder: Path = FOLDER) -> tuple[Claim, ...]:
    """Return every claim, by publisher and reader; raises ``ParameterFileError`` for a file that is none."""
    return tuple(
        _claim(publisher, file)
        for publisher in PUBLISHERS
        for file in sorted((folder / publisher / "readers").glob("*.yaml"))
    )


def broken(claim: Claim, models: Mapping[str, type[EventData]] = MODELS) -> Iterator[str]:
    """Yield, for people, what *claim* needs and the publisher's models no longer have."""
    for type_, fields in claim.types.items():
        model = models.get(type_)
        if model is None:
            yield f"{claim.reader} reads {type_}, which {claim.publisher} does not publish"
            continue
        missing = sorted(set(fields) - fields_of(model))
        for field in missing:
            yield f"{claim.reader} reads {field} of {type_}, which {claim.publisher} no longer has"


def fields_of(model: type[EventData]) -> set[str]:
    """Return the fields of *model*; those of objects inside it with dots."""
    schema = model.model_json_schema()
    return set(_fields(schema, schema.get("$defs", {}), ""))


def _fields(schema: Mapping[str, Any], definitions: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, body in schema.get("properties", {}).items():
        yield f"{prefix}{name}"
        inner = body.get("items", body)
        if "$ref" in inner:
            yield from _fields(definitions[inner["$ref"].rsplit("/", 1)[-1]], definitions, f"{prefix}{name}.")


def _claim(publisher: str, file: Path) -> Claim:
    data = read_document(file).data
    if not isinstance(data, dict):
        raise ParameterFileError(file, "file", "must be a mapping of event types to lists of fields")
    for type_, fields in data.items():
        if not isinstance(fields, list) or not all(isinstance(field, str) for field in fields):
            raise ParameterFileError(file, str(type_), "must be a list of fields")
        if str(type_).split(".", 1)[0] != publisher:
            raise ParameterFileError(file, str(type_), f"is not published by {publisher}")
    return Claim(file.stem, publisher, {str(type_): tuple(fields) for type_, fields in data.items()})
