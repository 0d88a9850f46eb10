"""What may be told to an officer when something is refused, by code and in both languages.

A class says its sentence once, in Chinese and in English, as templates over its
details; raising it takes only the details. Transport (status codes, problem
documents) is mapped in ``shared/web/problems.py`` and nowhere else.
"""

from typing import ClassVar, Literal

Language = Literal["zh", "en"]


class Problem(Exception):  # noqa: N818  (the subclasses end in Error)
    """Something an officer can be told, by code and in words.

    *details* fill the ``{placeholders}`` of ``zh`` and ``en``; they must never
    hold personal data, since they are logged and sent back to the caller.
    """

    code: ClassVar[str] = "problem"
    zh: ClassVar[str] = "出现问题"
    en: ClassVar[str] = "Something is wrong"

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.text("en"))

    def text(self, language: Language = "zh") -> str:
        """Return the sentence for people, in *language*."""
        template = self.zh if language == "zh" else self.en
        return template.format_map(_Details(self.details))


class _Details(dict[str, object]):
    """Leave an unknown placeholder readable instead of failing inside a refusal."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class Refusal(Problem):
    """A rule said no; trying again unchanged cannot succeed."""

    code = "refused"
    zh = "不予办理"
    en = "Refused"


class InvalidInputError(Refusal):
    """Raised when what was sent breaks a rule whatever the state of things is."""

    code = "invalid_input"
    zh = "填写的内容不符合要求"
    en = "The input is not acceptable"


class NotFoundError(Refusal):
    """Raised when the thing named does not exist, or not for this person."""

    code = "not_found"
    zh = "没有找到"
    en = "Not found"


class ConflictError(Refusal):
    """Raised when the present state does not permit the step."""

    code = "conflict"
    zh = "当前状态不允许这样办理"
    en = "The present state does not permit this"


class ForbiddenError(Refusal):
    """Raised when the person's role or area does not allow it."""

    code = "forbidden"
    zh = "您的岗位或辖区无权办理"
    en = "Your role or area does not allow this"


class StaleVersionError(Problem):
    """Raised when somebody else saved first. Not a refusal: a worker tries again."""

    code = "stale_version"
    zh = "其他人刚刚修改了这条记录，请刷新后再办理"
    en = "Somebody else has just changed this record; reload and try again"
