"""How the input of an action is declared: a pydantic model whose fields carry labels for people."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, field_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from shared.web.i18n import Words

Widget = Literal[
    "text",
    "lines",
    "number",
    "decimal",
    "yuan",
    "date",
    "month",
    "tick",
    "select",
    "radio",
    "ticks",
    "hidden",
    "file",
]

_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to choose, and what people read."""

    value: str
    zh: str
    en: str

    @property
    def words(self) -> Words:
        return Words(self.zh, self.en)


Choices = Sequence[Choice] | Callable[[Any], Iterable[Choice]]
"""Fixed, or found for the ``Ask`` of the request (what depends on the database or on the officer)."""


@dataclass(frozen=True, slots=True)
class Label:
    """How a field is asked for; placed in ``Annotated[type, Label(…)]``.

    *widget* is chosen by the type unless given. ``yuan`` lets people type yuan
    where the model keeps integer fen (programs send fen). *lines* makes a text
    area; *rows* says how many rows a list of models offers; ``hidden`` is for
    what the page knows already.
    """

    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""
    choices: Choices | None = None
    widget: Widget | None = None
    lines: int = 1
    rows: int = 3

    @property
    def words(self) -> Words:
        return Words(self.zh, self.en)

    @property
    def hint(self) -> Words:
        return Words(self.hint_zh, self.hint_en)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody sent, spooled to disk; it is gone when the action has ended.

    *name* is what the sender calls it: never a path. A form with such a field is
    sent as multipart/form-data, by pages and by programs. The file counts towards the
    fingerprint of the request by its *sha256*.
    """

    name: str
    path: Path
    size: int
    sha256: str

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(
            cls,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda one: one.sha256),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "format": "binary"}


class Form(BaseModel):
    """The input of one action. Fields nobody declared are refused.

    Give every number its bounds; none may exceed what a database keeps.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_max_length=2000)

    @field_validator("*", mode="after")
    @classmethod
    def _storable(cls, value: object) -> object:
        """Refuse what no database column takes, wherever it stands."""
        for part in value if isinstance(value, list | tuple) else (value,):
            if isinstance(part, str) and any(ord(sign) < ord(" ") and sign not in "\t\r\n" for sign in part):
                raise wrong("不能含有控制字符", "must not contain control characters")
            if isinstance(part, int) and abs(part) > _LARGEST:
                raise wrong("数字过大", "the number is too large")
        return value


def wrong(zh: str, en: str) -> PydanticCustomError:
    """Return the error a form's own validator raises, in both languages."""
    return PydanticCustomError("rule", "{en}", {"zh": zh, "en": en})


Version = Annotated[int, Field(ge=0), Label("版本", "Version", widget="hidden")]
"""The version of the record the person saw; saving a newer one is refused with 409."""

AreaCode = Annotated[str, Field(pattern=r"^[0-9]{12}$"), Label("村（区划代码）", "Village (area code)")]
"""The 12-digit code of a village."""

Note = Annotated[str, Field(max_length=500), Label("说明", "Note", lines=3)]
