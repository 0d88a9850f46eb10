from tests.monitoring.domain.quality.records import POLICY


def test_text_in_both_languages():
    """A rule says what it finds in the language asked for, and its family is its letter."""
    rule = POLICY.catalogue.rules["B-1"]
    assert ("没有户主", "There is no head", "B") == (rule.text(), rule.text("en"), rule.family)
