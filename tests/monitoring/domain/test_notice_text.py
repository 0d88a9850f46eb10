from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.case_errors import NoticeNotPublishableError
from services.monitoring.domain.notice_text import (
    IDENTIFICATION,
    IDENTIFIED,
    announcement_text,
    notice_text,
    sensitive_kinds,
)
from services.monitoring.domain.publicity import Vote

DAY = date(2022, 3, 1)
VOTE = Vote(31, 2, 1, DAY)
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=8)


def text(head: str = "王某某", village: str = "陇县固关镇上岔村"):
    return notice_text(
        IDENTIFICATION, village=village, head=head, persons=4, vote=VOTE, days=(DAY, date(2022, 3, 6))
    )


def test_says_what_the_village_needs():
    """Household, village, vote, days and where to object are in it."""
    zh = text().zh
    for part in ("王某某", "陇县固关镇上岔村", "4 人", "31/2/1", "2022-03-01", "2022-03-06", "异议"):
        assert part in zh


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("id_number", "610327197803050019"),
        ("id_number", "61032719780305001X"),
        ("id_number", "６１０３２７１９７８０３０５００１９"),
        ("id_number", "610327780305001"),
        ("disability_card", "61032719780305001943"),
        ("mobile", "13891234567"),
        ("mobile", "138 9123 4567"),
        ("mobile", "+86-138-9123-4567"),
        ("landline", "0917-4601234"),
        ("bank_account", "6228 4800 1234 5678 901"),
        ("bank_account", "6228480012345678"),
        ("passport", "E12345678"),
        ("passport", "EA1234567"),
        ("email", "zhangsan@example.com"),
        ("health", "患有大病"),
        ("health", "长期卧床"),
        ("health", "智力三级"),
        ("health", "高血压、糖尿病史"),
        ("health", "had a stroke"),
        ("health", "diabetic"),
        ("health", "二级残疾"),
        ("health", "diagnosed with a disease"),
    ],
)
def test_the_scanner_finds(kind, shown):
    """Numbers of persons, telephones and accounts, and words of health, are found in any sentence."""
    assert kind in sensitive_kinds(f"张某{shown}，请核对")


@given(CHINESE, st.integers(10**9, 10**20), CHINESE)
def test_no_long_number_gets_through(before, number, after):
    """Any number of ten digits or more, in whatever company, is found."""
    assert sensitive_kinds(f"{before}{number}{after}")


@given(
    st.one_of(
        CHINESE,
        st.text(max_size=20),
        st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
        st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True),
        st.sampled_from(["李聋", "癌", "病", "王hospital", "残疾人张某"]),
    )
)
def test_whatever_the_name_field_holds(head):
    """Nothing sensitive is shown whatever was typed as a name: it is masked, or the notice refused."""
    try:
        shown = text(head)
    except NoticeNotPublishableError:
        return
    assert () == sensitive_kinds(shown.zh) == sensitive_kinds(shown.en)


def test_a_name_that_sounds_ill_is_masked():
    """A household is not kept from its notice by the head's name: only the family name is shown."""
    assert "户主：李某某" in text("李聋").zh


def test_a_place_that_cannot_be_shown():
    """What cannot be masked is refused and named by its kind, not repeated."""
    with pytest.raises(NoticeNotPublishableError) as refused:
        text(village="上岔村13891234567")
    assert "13891234567" not in str(refused.value)
    assert "mobile" in str(refused.value.details["kinds"])


def announced(head="王某某"):
    return announcement_text(IDENTIFIED, village="陇县固关镇上岔村", head=head, persons=4, on=DAY)


def test_the_announcement():
    """Village, household and the day of the decision; neither class nor risk nor measure."""
    zh = announced().zh
    for part in ("公告", "陇县固关镇上岔村", "王某某", "2022-03-01"):
        assert part in zh
    assert not sensitive_kinds(zh)


def test_an_announcement_shows_no_number_either():
    """A head's field with a number in it is shortened; the text stays publishable."""
    assert "61032719" not in announced("王61032719780305001X").zh
