"""Two languages, said side by side: Chinese first, English second."""

from dataclasses import dataclass

from shared.kernel.errors import Language


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence or label in both languages."""

    zh: str
    en: str

    def pick(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


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
