"""What a rubric is refused for, each with its code and its sentence in both languages."""

from shared.kernel.errors import InvalidInputError


class RubricError(InvalidInputError):
    """What every refusal of a rubric or of its values is; *where* names the item."""

    code = "rubric_wrong"
    zh = "考核细则有误（{where}）：{why}"
    en = "The rubric is wrong at {where}: {why}"


class ExpressionError(RubricError):
    """Raised when an expression cannot be read, or asks for more than the language has."""

    code = "expression_wrong"
    zh = "算式“{text}”有误：{why}"
    en = "The expression {text} is wrong: {why}"


class RubricCycleError(RubricError):
    """Raised when items need each other's result; *path* names them in order."""

    code = "rubric_cycle"
    zh = "考核项目互相引用，无法计算：{path}"
    en = "The items need each other, so none can be scored: {path}"


class UnknownReferenceError(RubricError):
    """Raised when an item or section is referred to that the rubric does not have."""

    code = "rubric_reference_unknown"
    zh = "“{where}”引用了不存在的项目“{target}”"
    en = "{where} refers to {target}, which the rubric does not have"


class RepeatedIdError(RubricError):
    """Raised when two items or sections have one id."""

    code = "rubric_id_repeated"
    zh = "编号“{target}”重复"
    en = "The id {target} stands twice"


class WrongValueError(RubricError):
    """Raised when a value is of a kind its rule cannot read (a word where a number is needed)."""

    code = "rubric_value_wrong"
    zh = "{unit} 的“{where}”：{why}"
    en = "The value of {unit} for {where}: {why}"
