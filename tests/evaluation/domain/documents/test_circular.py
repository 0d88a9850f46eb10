from dataclasses import replace
from datetime import date

import pytest

from services.evaluation.adapters.documents.policy import load_document_policy
from services.evaluation.domain.documents.circular import DRAFT, CircularGiven, year_end_circular
from services.evaluation.domain.documents.paper import Heading, Paragraph, Table
from services.evaluation.settings import Settings
from tests.evaluation.frozen_results import frozen

DAY = date(2023, 1, 20)


def words(block):
    assert isinstance(block, Paragraph)
    return block.text


@pytest.fixture(name="policy", scope="module")
def _policy():
    return load_document_policy(Settings.model_fields["rulebook_dir"].default)


def test_the_parts_of_a_circular(rulebook, policy):
    """Title, number, addressees, basis, six sections in order, attachments, date."""
    paper = year_end_circular(frozen(rulebook), policy, CircularGiven(DAY))
    assert "关于2022年度巩固拓展脱贫攻坚成果推进乡村振兴工作综合考评情况的通报" == paper.title
    assert "陇督通〔2023〕　　号" == paper.number
    assert "现将有关情况通报如下：" in words(paper.body[0])
    sections = [block.text[0] for block in paper.body if isinstance(block, Heading) and block.level == 1]
    assert ["一", "二", "三", "四", "五", "六"] == sections
    assert "2023年1月20日" == paper.dated
    assert "2023年2月4日前" in words(paper.body[-1])


def test_what_people_give_it(rulebook, policy):
    """A number and a day for replies that the office has stand in place of the proposed ones."""
    given = CircularGiven(DAY, "陇督通〔2023〕1号", date(2023, 3, 1))
    paper = year_end_circular(frozen(rulebook), policy, given)
    assert "陇督通〔2023〕1号" == paper.number
    assert "2023年3月1日前" in words(paper.body[-1])


@pytest.mark.parametrize("published", [True, False])
def test_only_the_published_result_has_no_mark(rulebook, policy, published):
    """Anything but the county's result is marked as a draft."""
    paper = year_end_circular(frozen(rulebook, published=published), policy, CircularGiven(DAY))
    assert ("" if published else DRAFT) == paper.mark


def test_every_source_is_listed(rulebook, policy):
    """The numbers in the text are those of the annex, each with its line's id."""
    paper = year_end_circular(frozen(rulebook), policy, CircularGiven(DAY))
    cited = {piece for block in paper.body if isinstance(block, Paragraph) for piece in block.pieces}
    (annex,) = (block for block in paper.annex if isinstance(block, Table))
    assert {str(piece) for piece in cited if isinstance(piece, int)} == {row[0] for row in annex.rows}
    assert "乙镇:I01-1@2022-12-31/2023-01-10" in {row[1] for row in annex.rows}


def test_it_says_what_nobody_confirmed(rulebook, policy):
    """The scheme is a proposal, and the circular says so."""
    paper = year_end_circular(frozen(rulebook), policy, CircularGiven(DAY))
    assert "尚未经县上正式文件确认" in words(paper.body[0])


def test_appeals_are_told(rulebook, policy):
    """The circular says how many appeals were decided, how many held, and how many points are frozen."""
    result = frozen(rulebook)
    rulings = ({"outcome": "upheld"}, {"outcome": "rejected"})
    version = replace(result.version, rulings=rulings, frozen=({"indicator": "I01-1"},))
    opening = words(year_end_circular(replace(result, version=version), policy, CircularGiven(DAY)).body[0])
    assert "办结申诉2件，其中成立1件、已更正计入。另有1个得分点申诉中、已冻结。" in opening
    assert "申诉" not in words(year_end_circular(result, policy, CircularGiven(DAY)).body[0])
