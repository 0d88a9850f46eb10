"""Two languages, said side by side: Chinese first, English second."""

import re
from dataclasses import dataclass

from shared.kernel.errors import Language

_BETWEEN = re.compile(r" · | / ")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence or label in both languages."""

    zh: str
    en: str

    def pick(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def side_of(text: str, language: Language) -> str:
    """Return the part of *text* in *language*, where both are written with `` · `` or `` / `` between them.

    A paper named in one language only is given as it is.
    """
    parts = _BETWEEN.split(text)
    chinese = [part for part in parts if _CHINESE.search(part)]
    english = [part for part in parts if not _CHINESE.search(part)]
    return " · ".join((chinese if language == "zh" else english) or parts)


def in_both(text: str) -> Words:
    """Return *text*, written in both languages, as words (see :func:`side_of`)."""
    return Words(side_of(text, "zh"), side_of(text, "en"))


def language_named(name: str | None) -> Language | None:
    """Return the language *name* stands for (``zh``, ``zh-CN``, ``en-GB`` …), or None."""
    match (name or "").strip().lower()[:2]:
        case "zh":
            return "zh"
        case "en":
            return "en"
        case _:
            return None


def preferred(accept_language: str | None) -> Language:
    """Return the first language of an ``Accept-Language`` header that is spoken here; Chinese otherwise."""
    for part in (accept_language or "").split(","):
        named = language_named(part.split(";")[0])
        if named is not None:
            return named
    return "zh"
