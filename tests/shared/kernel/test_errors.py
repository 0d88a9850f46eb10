"""What an officer is told."""

from shared.kernel.errors import ConflictError, Refusal


class TooShortError(ConflictError):
    """A refusal of this test."""

    code = "too_short"
    zh = "还差{missing}天"
    en = "{missing} days to go"


def test_sentence_in_both_languages():
    """A refusal says its sentence in Chinese and in English, with its details in it."""
    refusal = TooShortError(missing=2)
    assert "还差2天" == refusal.text("zh")
    assert "2 days to go" == refusal.text("en")
    assert {"missing": 2} == refusal.details


def test_missing_detail_does_not_fail():
    """A detail nobody gave leaves its placeholder readable instead of hiding the refusal."""
    assert "还差{missing}天" == TooShortError().text()
    assert isinstance(TooShortError(), Refusal)
