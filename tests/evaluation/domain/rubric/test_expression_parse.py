import pytest

from services.evaluation.domain.rubric.errors import ExpressionError
from services.evaluation.domain.rubric.expression_parse import LONGEST, parse


@pytest.mark.parametrize(
    "text", ["unit.class == '一类'", "unit . class == '一类'", "'unit.class' == unit.class"]
)
def test_class_is_a_word_like_any_other(text):
    """``unit.class`` can be written although Python reserves the word; quoted text stays as it is."""
    assert {"class"} == parse(text).attributes


def test_endless_text_is_refused():
    """What is too long to be an official's formula is not read at all."""
    with pytest.raises(ExpressionError):
        parse("1" * (LONGEST + 1))


def test_the_refusal_names_the_text():
    """Whoever wrote it finds it again, in both languages."""
    with pytest.raises(ExpressionError) as refused:
        parse("value ** 2")
    assert "value ** 2" in refused.value.text("zh")
    assert "value ** 2" in refused.value.text("en")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("完成 ÷ 任务", "“÷”要写作半角的“/”"),
        ("value ≥ 3", "“≥”要写作半角的“>=”"),
        ("min（value，3）", "“（”要写作半角的“(”"),
        ("value >= 95%", "95% 写 0.95"),
        ("5分", "数后面不要写单位"),
        ("value >=", "无法识别"),
        ("value == '（甲）' >", "无法识别"),  # what stands in quotes may hold any sign
    ],
)
def test_what_a_chinese_keyboard_writes_is_told(text, hint):
    """The refusal says what to write instead, where the slip is a usual one."""
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert hint in str(refused.value.details["why"])
