"""One noun's pages and actions, declared: each becomes an HTML route and an API route."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from shared.web.asking import Act, AreaOf, Ask, Done, FileAnswer, View
from shared.web.forms import Form
from shared.web.i18n import Words

PageHandler = TypeVar("PageHandler", bound=Callable[..., View | FileAnswer])
ActionHandler = TypeVar("ActionHandler", bound=Callable[..., Done])


@dataclass(frozen=True, slots=True)
class Page:
    """Something to look at: ``GET path`` as a page, ``GET /api/path`` as JSON; a file has no template."""

    path: str
    permission: str
    template: str
    handler: Callable[..., View | FileAnswer]
    area_of: AreaOf | None
    heavy: bool = False
    """Dear to make: counted against the limit of downloads."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do: ``POST path`` from a form, ``POST /api/path`` as JSON."""

    name: str
    path: str
    permission: str
    form: type[Form]
    words: Words
    handler: Callable[..., Done]
    area_of: AreaOf | None
    danger: bool = False
    largest_file: int = 0
    """Bytes of the file its form takes; any other form is small."""


class NoInput(Form):
    """The input of an action that asks for nothing."""


class Section:
    """The pages and actions of one noun.

    Declaring registers nothing; ``create_site`` does, and stops the start when
    a permission is missing from ``permissions.yaml``, or is limited to an area
    while its page or action does not say how to find the area.
    """

    def __init__(self, tag: str, prefix: str = "") -> None:
        self.tag = tag
        self.prefix = prefix
        self.pages: list[Page] = []
        self.actions: list[Action] = []

    def page(
        self,
        path: str,
        permission: str,
        template: str,
        *,
        area_of: AreaOf | None = None,
        heavy: bool = False,
    ) -> Callable[[PageHandler], PageHandler]:
        """Declare a page: ``handler(ask, **path and query parameters) -> View``."""

        def declare(handler: PageHandler) -> PageHandler:
            self.pages.append(Page(self.prefix + path, permission, template, handler, area_of, heavy))
            return handler

        return declare

    def download(
        self, path: str, permission: str, *, area_of: AreaOf | None = None
    ) -> Callable[[PageHandler], PageHandler]:
        """Declare a file to fetch: ``handler(ask, **path and query parameters) -> FileAnswer``."""
        return self.page(path, permission, "", area_of=area_of)

    def action(
        self,
        path: str,
        name: str,
        words: Words,
        form: type[Form] = NoInput,
        *,
        permission: str | None = None,
        area_of: AreaOf | None = None,
        danger: bool = False,
        largest_file: int = 0,
    ) -> Callable[[ActionHandler], ActionHandler]:
        """Declare an action: ``handler(act, form, **path parameters) -> Done``.

        *name* is unique on the site, e.g. ``case.verify``, and its permission
        unless another is given. *danger* marks what cannot be taken back.
        *largest_file* is the limit in bytes of the file a form with an ``Upload`` takes.
        """

        def declare(handler: ActionHandler) -> ActionHandler:
            full = self.prefix + path
            self.actions.append(
                Action(
                    name,
                    full,
                    permission or name,
                    form,
                    words,
                    handler,
                    area_of,
                    danger=danger,
                    largest_file=largest_file,
                )
            )
            return handler

        return declare


__all__ = ["Act", "Action", "Ask", "Done", "NoInput", "Page", "Section", "View"]
