"""The code lists of the published language: look a code up, check it, name it in both languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from shared.kernel.errors import InvalidInputError, Language
from shared.parameters.strict_yaml import ParameterFileError, read_document

_FILE = Path(__file__).parent / "monitoring" / "codes.yaml"
_TEXTS = ("zh", "en")


class UnknownCodeError(InvalidInputError):
    """Raised when a value is not in its code list."""

    code = "unknown_code"
    zh = "“{list_zh}”没有这个代码：{value}"
    en = "The list “{list_en}” has no code {value}"


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a list. *extra* is what else the list says of it, e.g. the sex of a relation."""

    value: str
    zh: str
    en: str
    extra: Mapping[str, Any]

    def text(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes in its official order. *evidence* says how well it is known (see the file)."""

    key: str
    zh: str
    en: str
    evidence: str
    dictionary: str
    codes: Mapping[str, Code]

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes.values())

    def __contains__(self, value: object) -> bool:
        return value in self.codes

    def get(self, value: str) -> Code:
        """Return the code with *value*; raises UnknownCodeError."""
        try:
            return self.codes[value]
        except KeyError:
            # Cut short: a wrong field must not carry a name or a number into a log.
            raise UnknownCodeError(list_zh=self.zh, list_en=self.en, value=value[:16]) from None


class CodeLists(Mapping[str, CodeList]):
    """Every list, by its key: ``codes()["relation"].get("001").zh`` is 户主."""

    def __init__(self, lists: Mapping[str, CodeList], sha256: str) -> None:
        self._lists = lists
        self.sha256 = sha256

    def __getitem__(self, key: str) -> CodeList:
        return self._lists[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)

    def check(self, key: str, value: str) -> str:
        """Return *value* if the list *key* has it; raises UnknownCodeError."""
        return self[key].get(value).value

    def text(self, key: str, value: str, language: Language = "zh") -> str:
        """Return what people call *value*; a code nobody knows is shown as it is."""
        found = self[key].codes.get(value)
        return found.text(language) if found else value


@lru_cache(maxsize=1)
def codes() -> CodeLists:
    """Return every code list, read once."""
    document = read_document(_FILE)
    return CodeLists({str(key): _list(str(key), raw) for key, raw in document.data.items()}, document.sha256)


def measure_list(category: str) -> CodeList:
    """Return the values a measure of *category* (``100A39`` … ``100A55``) may have."""
    codes().check("measure_category", category)
    return codes()[f"measure_{category}"]


def relation_sex(relation: str) -> str | None:
    """Return the only sex (``1`` or ``2``) a member of this *relation* may have, or None for either."""
    sex = codes()["relation"].get(relation).extra.get("sex")
    return None if sex is None else str(sex)


def _list(key: str, raw: Any) -> CodeList:  # noqa: ANN401  (whatever YAML holds)
    try:
        return CodeList(
            key=key,
            zh=raw["label"]["zh"],
            en=raw["label"]["en"],
            evidence=raw["evidence"],
            dictionary=str(raw.get("dictionary", "")),
            codes=MappingProxyType({value: _code(key, value, body) for value, body in raw["values"].items()}),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ParameterFileError(_FILE, key, f"is not a code list: {error}") from error


def _code(key: str, value: object, body: Mapping[str, Any]) -> Code:
    if not isinstance(value, str):
        raise ParameterFileError(_FILE, f"{key}.values.{value}", "a code is text: write it in quotes")
    extra = MappingProxyType({name: item for name, item in body.items() if name not in _TEXTS})
    return Code(value, body["zh"], body["en"], extra)
