"""Codes as people read them, choices of forms, and how pressing something is."""

from datetime import date

from services.employment.domain.job import END_REASONS, Region
from services.employment.domain.measure import MeasureState, urgency
from services.employment.domain.placement import PLACEMENT_END_REASONS
from services.employment.domain.remark import REMARKS, Remark
from shared.areas import areas
from shared.contracts.codes import codes
from shared.web.forms import Choice
from shared.web.i18n import Words
from shared.web.paging import Badge, Colour

NOTHING = Words("—", "—")

REGIONS: dict[Region, Words] = {
    "county": Words("县内", "In the county"),
    "province": Words("县外省内", "Elsewhere in the province"),
    "country": Words("省外", "Another province"),
    "abroad": Words("国（境）外", "Abroad"),
}
JOB_ENDS: dict[str, Words] = {
    "lost": Words("失业", "Lost the job"),
    "changed": Words("换工作", "Changed jobs"),
    "returned": Words("返乡", "Returned home"),
    "retired": Words("退休", "Retired"),
    "other": Words("其他", "Other"),
}
PLACEMENT_ENDS: dict[str, Words] = {
    "job_found": Words("已就业", "Found a job"),
    "aged_out": Words("超龄", "Too old"),
    "failed_check": Words("考核不合格", "Failed the check"),
    "absent": Words("长期缺岗", "Absent"),
    "moved_away": Words("迁出", "Moved away"),
    "died": Words("死亡", "Died"),
    "resigned": Words("本人辞岗", "Resigned"),
    "term_over": Words("协议到期", "The agreement ended"),
    "other": Words("其他", "Other"),
}
DECLINES: dict[str, Words] = {
    "no_labour": Words("无劳动能力", "Not able to work"),
    "too_young": Words("年龄不足", "Too young"),
    "too_old": Words("超龄", "Too old"),
    "in_school": Words("在校", "In school"),
    "not_willing": Words("本人无意愿", "Does not wish it"),
    "no_vacancy": Words("无合适岗位", "No suitable vacancy"),
    "left_household": Words("已不在户", "No longer in the household"),
    "other": Words("其他", "Other"),
}
STATES: dict[MeasureState, Badge] = {
    MeasureState.REQUESTED: Badge("yellow", Words("待受理", "Requested")),
    MeasureState.ACCEPTED: Badge("blue", Words("已受理", "Accepted")),
    MeasureState.DELIVERED: Badge("green", Words("已落实", "Delivered")),
    MeasureState.DECLINED: Badge("grey", Words("已退回", "Declined")),
    MeasureState.WITHDRAWN: Badge("grey", Words("已撤回", "Withdrawn")),
}
_URGENCY: dict[str, tuple[Colour, Words]] = {
    "overdue": ("red", Words("已超期", "Overdue")),
    "soon": ("yellow", Words("即将到期", "Due soon")),
    "later": ("blue", Words("未到期", "Not due yet")),
}


def words_of(key: str, value: str | None) -> Words:
    """Return what people call *value* of the code list *key*; a dash for nothing."""
    if not value:
        return NOTHING
    lists = codes()
    return Words(lists.text(key, value), lists.text(key, value, "en"))


def choices_of(key: str) -> tuple[Choice, ...]:
    """Return the code list *key* as choices, in its official order."""
    return tuple(Choice(code.value, code.zh, code.en) for code in codes()[key])


def choices(words: dict[str, Words]) -> tuple[Choice, ...]:
    """Return a table of this page as choices."""
    return tuple(Choice(value, each.zh, each.en) for value, each in words.items())


def area_words(code: str) -> Words:
    """Return an area's full name; a code the county's list does not know is shown as it is."""
    known = areas()
    name = known.full_name(code) if code in known else code
    return Words(name, name)


def measure_words(category: str, code: str) -> Words:
    """Return category and value of a measure in one line."""
    kind, value = words_of("measure_category", category), words_of(f"measure_{category}", code)
    return Words(f"{kind.zh}：{value.zh}", f"{kind.en}: {value.en}")


def due_badge(state: MeasureState, due_on: date, *, today: date, soon_days: int) -> Badge:
    """Return the state of a measure, or while it is open how pressing it is."""
    how = urgency(state, due_on, today=today, soon_days=soon_days)
    if how == "done":
        return STATES[state]
    colour, words = _URGENCY[how]
    name = STATES[state].words
    return Badge(colour, Words(f"{name.zh} · {words.zh}", f"{name.en} · {words.en}"))


def remarks_of(remarks: tuple[str, ...]) -> tuple[Remark, ...]:
    """Return the remarks with these codes; one that is no longer known is left out."""
    return tuple(REMARKS[code] for code in remarks if code in REMARKS)


JOB_END_CHOICES = tuple(Choice(each, JOB_ENDS[each].zh, JOB_ENDS[each].en) for each in END_REASONS)
PLACEMENT_END_CHOICES = tuple(
    Choice(each, PLACEMENT_ENDS[each].zh, PLACEMENT_ENDS[each].en)
    for each in PLACEMENT_END_REASONS
    if each != "term_over"
)
