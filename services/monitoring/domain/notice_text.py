"""The text of a public notice, and the scanner that keeps what must not be public out of it (A1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.case_errors import NoticeNotPublishableError
from services.monitoring.domain.publicity import Vote

_PATTERNS: dict[str, re.Pattern[str]] = {
    "id_number": re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9])"),
    "disability_card": re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx][0-9]{2}(?:[0-9]{2}|B[0-9])?(?![0-9])"),
    "mobile": re.compile(r"(?<![0-9])(?:\+?86[- ]?)?1[3-9][0-9](?:[- ]?[0-9]{4}){2}(?![0-9])"),
    "landline": re.compile(r"(?<![0-9])0[0-9]{2,3}[- ]?[0-9]{7,8}(?![0-9])"),
    "bank_account": re.compile(r"(?<![0-9])[0-9]{4}(?:[- ]?[0-9]{4}){3}(?:[- ]?[0-9]{1,3})?(?![0-9])"),
    "passport": re.compile(r"(?<![A-Za-z0-9])[EGDSPH][A-Za-z]?[0-9]{7,8}(?![0-9])"),
    "email": re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,}"),
    "long_number": re.compile(r"[0-9]{10,}"),
}
_HEALTH = re.compile(
    "病|癌|瘤|残疾|伤残|瘫|精神障碍|精神残|智力|智障|艾滋|肝炎|肺结核|透析|化疗|放疗|手术|住院|就诊|诊断|"
    "尿毒症|失明|盲人|聋|哑|痴呆|肢体残|截肢|卧床|护理依赖|药费|医药费|糖尿|高血压|心梗|脑梗|中风|癫痫|抑郁|"
    r"(?<![A-Za-z])(?:HIV|AIDS|cancer|tumou?r|disease|illness|disab[a-z]+|hospital[a-z]*|diagnos[a-z]+|surgery|"
    r"stroke|diabet[a-z]*|depress[a-z]*)(?![A-Za-z])",
    re.IGNORECASE,
)
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ－　", "0123456789Xx- ")


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A notice as it hangs in the village, in both languages."""

    zh: str
    en: str


def sensitive_kinds(text: str) -> tuple[str, ...]:
    """Return which kinds of sensitive things *text* shows: numbers of persons and accounts, health."""
    plain = text.translate(_WIDE)
    kinds = [kind for kind, pattern in _PATTERNS.items() if pattern.search(plain)]
    if _HEALTH.search(plain):
        kinds.append("health")
    return tuple(kinds)


def notice_text(
    subject: tuple[str, str],
    *,
    village: str,
    head: str,
    persons: int,
    vote: Vote,
    days: tuple[date, date],
) -> NoticeText:
    """Return the notice on *subject* (Chinese, English) for one household.

    Risks and measures are left out: they tell of health. Raises
    ``NoticeNotPublishableError`` when what was filled in is sensitive all the same.
    """
    first, last = days
    head = head if not sensitive_kinds(head) else f"{head[:1]}某某"
    counted = f"{vote.agree}/{vote.disagree}/{vote.abstain}"
    text = NoticeText(
        zh=(
            f"{subject[0]}公示\n{village}\n"
            f"户主：{head}，家庭人口 {persons} 人。\n"
            f"经 {vote.on:%Y-%m-%d} 村民代表会议民主评议，"
            f"同意/不同意/弃权 {counted} 票，评议通过，现予公示。\n"
            f"公示期：{first:%Y-%m-%d} 至 {last:%Y-%m-%d}。"
            "如有异议，请在公示期内向村民委员会或镇人民政府反映。"
        ),
        en=(
            f"Public notice: {subject[1]}\n{village}\n"
            f"Household of {head}, {persons} persons.\n"
            f"The village meeting of {vote.on:%Y-%m-%d} voted {counted} (agree/disagree/abstain); passed.\n"
            f"On show from {first:%Y-%m-%d} to {last:%Y-%m-%d}. "
            "Objections go to the village committee or the town government in that time."
        ),
    )
    return _publishable(text)


def announcement_text(
    subject: tuple[str, str], *, village: str, head: str, persons: int, on: date
) -> NoticeText:
    """Return the announcement of what the county decided *on* a day: no class, risk or measure, as above."""
    head = head if not sensitive_kinds(head) else f"{head[:1]}某某"
    return _publishable(
        NoticeText(
            zh=(
                f"{subject[0]}公告\n{village}\n户主：{head}，家庭人口 {persons} 人。\n"
                f"经村级民主评议公示、镇级审核，{on:%Y-%m-%d} 县级审定通过，现予公告。\n"
                "如有疑问，请向村民委员会、镇人民政府或县乡村振兴局反映。"
            ),
            en=(
                f"Announcement: {subject[1]}\n{village}\nHousehold of {head}, {persons} persons.\n"
                f"After vote, public notice and review by the town, the county approved on {on:%Y-%m-%d}.\n"
                "Questions go to the village committee, the town government or the county bureau."
            ),
        )
    )


def _publishable(text: NoticeText) -> NoticeText:
    if kinds := sorted({*sensitive_kinds(text.zh), *sensitive_kinds(text.en)}):
        raise NoticeNotPublishableError(kinds=_joined(kinds))
    return text


def _joined(kinds: Sequence[str]) -> str:
    return ", ".join(kinds)


IDENTIFIED = ("防止返贫监测对象名单", "monitored households")
IDENTIFICATION = ("防止返贫监测对象初选名单", "preliminary list of monitored households")
ELIMINATION = ("监测对象风险消除名单", "households whose risk is to be marked eliminated")
