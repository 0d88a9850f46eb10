import pytest

from shared.web.i18n import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("fr, zh-CN;q=0.8, en;q=0.5", "zh"),
        ("fr", "zh"),
        ("*", "zh"),
    ],
)
def test_the_first_language_spoken_here_is_taken(header, language):
    """Chinese unless the browser asks for English before it."""
    assert language == preferred(header)
