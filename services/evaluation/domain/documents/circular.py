"""The year-end circular 通报: every sentence and table out of a frozen version (domain section 4.2)."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.evaluation.domain.appeal import AppealState
from services.evaluation.domain.documents.circular_sections import section_blocks
from services.evaluation.domain.documents.circular_standing import standing_blocks
from services.evaluation.domain.documents.circular_units import (
    highlight_blocks,
    requirement_blocks,
    shortcoming_blocks,
    unit_blocks,
)
from services.evaluation.domain.documents.frozen import FrozenResult
from services.evaluation.domain.documents.paper import Block, Paper, Paragraph, Sources, said, table_of
from services.evaluation.domain.documents.policy import DocumentPolicy
from services.evaluation.domain.documents.wording import day, points, status_of

PLAN = "《陇县2022年巩固拓展脱贫攻坚成果推进乡村振兴工作要点》"
DRAFT = "草案，未公布，仅供核对"
_SOURCES = "附件1　文中得分点数据来源"


@dataclass(frozen=True, slots=True)
class CircularGiven:
    """What people give it: its day, and, where the office has them, its number and the day for replies."""

    dated: date
    number: str = ""
    reply_by: date | None = None


def year_end_circular(result: FrozenResult, policy: DocumentPolicy, given: CircularGiven) -> Paper:
    """Return the circular. What is not the published result is marked as a draft on every page."""
    version, on = result.version, given.dated
    year = version.as_of.year
    sources = Sources()
    issuer = policy.issuer.on(on)
    reply_by = given.reply_by or on + timedelta(days=policy.reply_days.on(on))
    many, few = policy.named_units.on(on), policy.named_points.on(on)
    body: list[Block] = [_opening(result, issuer)]
    body += standing_blocks(result)
    body += section_blocks(result)
    body += highlight_blocks(result, sources, many, few)
    body += shortcoming_blocks(result, sources, many, few)
    body += unit_blocks(result, sources, few)
    body += requirement_blocks(result, sources, many, issuer, reply_by)
    return Paper(
        title=f"关于{year}年度巩固拓展脱贫攻坚成果推进乡村振兴工作综合考评情况的通报",
        issuer=issuer,
        number=given.number or policy.document_no.on(on).format(year=on.year),
        mark="" if result.published else DRAFT,
        addressees=policy.addressees.on(on) + "：",
        body=tuple(body),
        attachments=("文中得分点数据来源", "考评得分表（电子表格）"),
        dated=day(on),
        copies_to=policy.copies_to.on(on),
        annex=_annex(sources, result),
        made_from=result.named,
    )


def _opening(result: FrozenResult, issuer: str) -> Paragraph:
    version = result.version
    towns, departments = len(result.towns), len(result.departments)
    return said(
        f"根据{PLAN}第37条年终考核要求，{issuer}对全县{towns}个镇、{departments}个县级部门"
        f"{version.as_of.year}年度工作进行了综合考评，镇和部门分别排名。"
        f"考评数据截至{day(version.as_of)}，以{day(version.known_at)}前入库的事件为准，"
        f"第{version.number}版于{day(version.made_on)}固化。"
        f"{_appeals(result)}考评办法、分值和等次标准为建议稿，尚未经县上正式文件确认。现将有关情况通报如下："
    )


def _appeals(result: FrozenResult) -> str:
    """Tell how many appeals were decided and how many points are frozen by open ones."""
    decided, frozen = result.version.rulings, result.version.frozen
    upheld = sum(one["outcome"] == AppealState.UPHELD for one in decided)
    told = f"办结申诉{len(decided)}件，其中成立{upheld}件、已更正计入。" if decided else ""
    return told + (f"另有{len(frozen)}个得分点申诉中、已冻结。" if frozen else "")


def _annex(sources: Sources, result: FrozenResult) -> tuple[Block, ...]:
    rows = [
        (
            str(number),
            line.id,
            str(line["name"]),
            status_of(line),
            f"{points(line.points)}（{line['points_exact'] or 0}）",
            str(line["working"]),
            f"{line['event_count']}条 {line['events_sha256'][:12]}",
        )
        for number, line in enumerate(sources.lines, 1)
    ]
    head = ("序号", "得分行编号", "指标", "状态", "得分（精确值）", "计算过程", "事件数及摘要")
    note = f"事件摘要为该行全部事件编号的SHA-256前12位，可在系统中按得分行编号逐件查到。{result.named}。"
    return (table_of(_SOURCES, head, rows, note, (4, 20, 16, 8, 11, 26, 15)),)
