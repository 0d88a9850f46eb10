"""What the rule files name in Chinese alone, in both languages: grades, parts of a total, units."""

from collections.abc import Mapping

from shared.web.i18n import Words

_EN: Mapping[str, str] = {
    "优秀": "Excellent",
    "良好": "Good",
    "一般": "Fair",
    "较差": "Poor",
    "各项指标（年末）": "Indicators at the year end",
    "工作要点点名的指标（年末）": "Indicators of its own duties at the year end",
    "各部门共同承担的指标": "Indicators shared by all departments",
    "共性工作评鉴": "Judged common work",
    "日常督查（各月平均）": "Daily supervision (mean of the months)",
    "年终实地考核": "Check on the spot at the year end",
    "评鉴": "Judged marks",
    "群众满意度": "Public satisfaction",
    "评鉴加分": "Bonus by judgement",
    "指标加分": "Bonus indicators",
    "被通报": "Notices received",
    "其他扣分指标": "Other deductions",
    "次": "times",
    "个": "",
    "户": "households",
    "人": "people",
    "天": "days",
    "分": "points",
    "项": "items",
    "座": "",
    "篇": "articles",
    "百分点": "percentage points",
    "万元": "ten thousand yuan",
    "种": "kinds",
    "期": "issues",
    "件": "cases",
    "是": "yes",
    "否": "no",
}


def scheme_words(name: str) -> Words:
    """Return *name* in both languages; what is not known here stays as it is written."""
    return Words(name, _EN.get(name, name))
