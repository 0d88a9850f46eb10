"""Remarks: what an officer should check in a record that is accepted all the same."""

from dataclasses import dataclass

from shared.parameters.figure import Label


@dataclass(frozen=True, slots=True)
class Remark:
    """One doubt about a record. *confirmed* says whether the county has confirmed the rule behind it."""

    code: str
    label: Label
    source: str
    confirmed: bool = False


_OTHER_COUNTY = "另一县系统的数据质量规则 {0}（2024） · data-quality rule {0} of another county"

REMARKS = {
    remark.code: remark
    for remark in (
        Remark(
            "pay_outside_range",
            Label("月收入不在核查范围内", "Pay outside the range checked"),
            _OTHER_COUNTY.format("5_16_001/002"),
        ),
        Remark(
            "student_working", Label("在校生务工", "In school and working"), _OTHER_COUNTY.format("4_01_006")
        ),
        Remark(
            "no_labour",
            Label("丧失或无劳动力人员", "On record as without labour"),
            _OTHER_COUNTY.format("2_01_015, 5_15_006"),
        ),
        Remark(
            "local_channel_outside",
            Label("县外务工但渠道为公益岗位或帮扶车间", "Works outside the county by a local channel"),
            _OTHER_COUNTY.format("5_01_003"),
        ),
        Remark(
            "place_not_to_county",
            Label("务工地点未填到县", "Workplace not given to the county"),
            _OTHER_COUNTY.format("5_01_005"),
        ),
        Remark(
            "items_missing",
            Label("月收入、企业、行业、渠道或点对点未填全", "Items of the real-name register are blank"),
            _OTHER_COUNTY.format("5_01_007"),
        ),
        Remark(
            "on_post",
            Label("同时在公益岗位上", "Also on a public-service post"),
            "推定，未见文件 · inferred, no paper seen",
        ),
        Remark(
            "post_age_high", Label("公益岗位人员年龄偏大", "Old for a post"), _OTHER_COUNTY.format("5_12_005")
        ),
        Remark(
            "full_time_job",
            Label("全日制务工期间上岗", "Placed on a post while in full-time work"),
            "推定，未见文件 · inferred, no paper seen",
        ),
        Remark(
            "second_post",
            Label("已在另一公益岗位上", "Already on another post"),
            "推定，未见文件 · inferred, no paper seen",
        ),
        Remark(
            "post_time_long",
            Label("公益岗位累计时间超过规定", "More time on posts than usual"),
            "凭经验，未见文件 · from memory, no paper seen",
        ),
        Remark(
            "post_pay_unusual",
            Label("公益岗位补贴不在通常范围", "Pay of the post outside the usual range"),
            "凭 2022 年陕西做法，未见文件 · from memory, no paper seen",
        ),
    )
}
