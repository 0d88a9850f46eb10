from xml.etree import ElementTree as ET

import pytest

from services.evaluation.adapters.documents.causation_chart import Box, causation_svg, causation_text

BOXES = [
    Box(0, "command", "登记"),
    Box(1, "asked", "走访 <入户>", "2022-05-01 08:00:00"),
    Box(2, "line", "固关镇 I01-5"),
    Box(2, "event", "措施"),
    Box(1, "closed", "另一事件"),
]


def test_text():
    """Each box stands under its cause, with what goes on below drawn through."""
    expected = [
        "登记",
        "├─ 走访 <入户>   2022-05-01 08:00:00",
        "│  ├─ 固关镇 I01-5",
        "│  └─ 措施",
        "└─ 另一事件",
    ]
    assert expected == causation_text(BOXES).splitlines()


def test_picture():
    """The picture is well-formed, has a title and a description; each box a line to its cause."""
    root = ET.fromstring(causation_svg("因果链", "a & b", BOXES))
    names = [one.tag.rsplit("}", 1)[1] for one in root]
    assert (5, 4, 1, 1) == tuple(names.count(name) for name in ("rect", "path", "title", "desc"))


def test_a_box_without_a_cause_is_refused():
    """A level that is skipped would draw a line from nowhere."""
    with pytest.raises(ValueError, match="at most one level"):
        causation_svg("t", "s", [Box(0, "event", "a"), Box(2, "event", "b")])
