"""The template engine: one environment per language, and what every template may call."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, get_args

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from shared.areas import areas
from shared.kernel.errors import Language
from shared.kernel.money import yuan_text
from shared.web.i18n import Words, side_of
from shared.web.paging import Badge, shown

_OWN = Path(__file__).parent / "templates"


class Templates:
    """Renders templates of the service's directories, then of the frame's own."""

    def __init__(self, directories: Sequence[Path]) -> None:
        self._environments = {
            language: _environment(directories, language) for language in get_args(Language)
        }

    def knows(self, name: str) -> bool:
        """Say whether there is a template called *name*."""
        return name in self._environments["zh"].list_templates()

    def render(self, name: str, language: Language, context: dict[str, Any]) -> str:
        """Return template *name* filled from *context*; a name nobody gave is an error, not a blank.

        The macros of ``ui.html`` are there as ``ui``.
        """
        environment = self._environments[language]
        ui = environment.get_template("ui.html").make_module(context)
        return environment.get_template(name).render({**context, "ui": ui})


def _environment(directories: Sequence[Path], language: Language) -> Environment:
    loader = ChoiceLoader([FileSystemLoader(one) for one in (*directories, _OWN)])
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        {"t": partial(_translated, language), "language": language, "area_name": _area_name, "shown": shown}
    )
    environment.tests.update({"badge": _is_badge})
    environment.filters.update(
        {
            "yuan": yuan_text,
            "percent": _percent,
            "words": partial(_picked, language),
            "show": partial(_shown, language),
            "source": lambda text: side_of(text, language),
            "instant": partial(_shown, language),
            "day": date.isoformat,
        }
    )
    return environment


def _translated(language: Language, zh: str, en: str) -> str:
    return Words(zh, en).pick(language)


def _picked(language: Language, words: Words) -> str:
    return words.pick(language)


def _shown(language: Language, value: object) -> str:
    return shown(value, "text", language)


def _is_badge(value: object) -> bool:
    return isinstance(value, Badge)


def _percent(share: Decimal | float) -> str:
    return f"{share * 100:.2f}%"


def _area_name(code: str) -> str:
    """Return the full name of an area, or the code itself where the county's list does not know it."""
    known = areas()
    return known.full_name(code) if code in known else code
