"""What people call the recorded fields of households, living conditions and members, and their values."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from services.monitoring.domain.living import LIVING_CODES
from services.monitoring.domain.member import masked
from services.monitoring.domain.particulars import CODE_LISTS, SEVERAL_CODES
from services.monitoring.entrypoints.web.labels import NOBODY, several, words_of
from shared.areas import areas
from shared.kernel.money import yuan_text
from shared.web.forms import Choice
from shared.web.i18n import Words

YES_NO = (Choice("true", "是", "yes"), Choice("false", "否", "no"))
"""The choices of a question that may also be left blank: nobody has said."""

HOUSEHOLD_WORDS: Mapping[str, Words] = {
    "household_no": Words("户编号", "Household number"),
    "area_code": Words("所在村", "Village"),
    "natural_village": Words("自然村", "Natural village"),
    "village_group": Words("村民小组", "Group"),
    "household_type": Words("户类型", "Type"),
    "lifted_out": Words("脱贫户", "Lifted out of poverty"),
    "lifted_out_year": Words("脱贫年度", "Year lifted out"),
    "relocated": Words("易地搬迁户", "Relocated"),
    "address": Words("家庭住址", "Address"),
    "phone": Words("户联系电话", "Telephone"),
    "bank": Words("开户行", "Bank"),
    "bank_account": Words("银行账号", "Bank account"),
    "identification_standard": Words("识别标准", "Standard of identification"),
    "first_identified": Words("首次识别时间", "First identified"),
    "poverty_cause": Words("致贫原因（旧）", "Cause of poverty (old)"),
    "last_resort": Words("整户无劳动能力兜底保障户", "Nobody can work; supported whole"),
    "development_help": Words("实施开发式帮扶措施情况", "Development help"),
    "veteran_family": Words("军烈属", "Family of soldiers or martyrs"),
    "in_resettlement_site": Words("居住在集中安置区", "Lives in a resettlement site"),
    "resettlement_site_id": Words("安置点", "Resettlement site"),
    "resettlement_address": Words("安置区地址", "Address in the site"),
    "grid_id": Words("所属网格", "Grid"),
    "collector_name": Words("信息采集人", "Collected by"),
    "collector_phone": Words("采集人电话", "Collector's telephone"),
    "contact_name": Words("监测联系人", "Contact"),
    "contact_phone": Words("联系人电话", "Contact's telephone"),
    "signed_by_head": Words("户主已签字", "Signed by the head"),
    "filled_on": Words("填表时间", "Filled in on"),
}
LIVING_WORDS: Mapping[str, Words] = {
    "house_dangerous": Words("危房户", "Dangerous house"),
    "house_grade": Words("房屋鉴定等级", "Grade of the house"),
    "house_in_plan": Words("危房列入改造计划", "In the plan of rebuilding"),
    "floor_m2": Words("住房面积（㎡）", "Floor area (m²)"),
    "safe_water": Words("饮水安全", "Safe water"),
    "tap_water": Words("通自来水", "Tap water"),
    "supply_gap_under_day": Words("供水间隔小于24小时", "Water again within 24 hours"),
    "shower": Words("有淋浴设施", "Shower"),
    "sanitary_toilet": Words("有卫生厕所", "Sanitary toilet"),
    "toilet_usable": Words("卫生厕所能正常使用", "The toilet works"),
    "toilet_in_house": Words("厕所入室", "Toilet in the house"),
    "toilet_in_yard": Words("厕所入院", "Toilet in the yard"),
    "toilet_kind": Words("卫生厕所类型", "Kind of toilet"),
    "road_type": Words("入户路类型", "Way to the house"),
    "road_hardened": Words("入户道路硬化", "Way hardened"),
    "road_distance_km": Words("与村主干路距离（公里）", "To the main road (km)"),
    "fuel": Words("主要燃料", "Main fuel"),
    "clean_energy": Words("使用清洁能源", "Clean energy"),
    "clean_energy_kind": Words("清洁能源类型", "Kind of clean energy"),
    "home_electricity": Words("通生活用电", "Electricity at home"),
    "work_electricity": Words("通生产用电", "Electricity for work"),
    "broadcast": Words("通广播电视", "Broadcast and television"),
    "courtyard": Words("庭院美化", "Courtyard kept well"),
    "farmland_mu": Words("耕地（亩）", "Farmland (mu)"),
    "irrigated_mu": Words("有效灌溉（亩）", "Irrigated (mu)"),
    "forest_mu": Words("林地（亩）", "Forest (mu)"),
    "returned_forest_mu": Words("退耕还林（亩）", "Returned to forest (mu)"),
    "orchard_mu": Words("林果（亩）", "Orchard (mu)"),
    "grassland_mu": Words("牧草地（亩）", "Grassland (mu)"),
    "water_mu": Words("水面（亩）", "Water (mu)"),
    "cooperative": Words("加入农民专业合作组织", "In a cooperative"),
    "leading_enterprise": Words("有龙头企业带动", "Led by an enterprise"),
    "entrepreneur": Words("有创业致富带头人带动", "Led by an entrepreneur"),
    "industry_help": Words("到户产业帮扶类型", "Help for its business"),
    "living_note": Words("备注", "Note"),
}
MEMBER_WORDS: Mapping[str, Words] = {
    "person_no": Words("人编号", "Person's number"),
    "name": Words("姓名", "Name"),
    "relation": Words("与户主关系", "Relation to the head"),
    "sex": Words("性别", "Sex"),
    "born_on": Words("出生日期", "Date of birth"),
    "document": Words("证件类型", "Document"),
    "id_number": Words("证件号码", "Document number"),
    "ethnicity": Words("民族", "Ethnicity"),
    "political": Words("政治面貌", "Affiliation"),
    "education": Words("文化程度", "Education"),
    "school_status": Words("在校生状况", "School status"),
    "absence_reason": Words("未上学原因", "Reason for not being in school"),
    "health": Words("健康状况", "Health"),
    "disability_kind": Words("残疾类别", "Kind of disability"),
    "disability_grade": Words("残疾等级", "Grade of disability"),
    "disability_card_year": Words("残疾证办证年度", "Year of the disability card"),
    "labour_skill": Words("劳动技能", "Labour skill"),
    "mandarin": Words("会讲普通话", "Speaks Mandarin"),
    "low_income": Words("享受低保政策情况", "Subsistence allowance"),
    "destitute": Words("享受特困供养政策情况", "Support of the destitute"),
    "destitute_support_fen": Words("特困供养金（元）", "Support (yuan)"),
    "resident_insurance": Words("城乡居民基本医疗保险", "Residents' medical insurance"),
    "employee_insurance": Words("城镇职工基本医疗保险", "Employees' medical insurance"),
    "serious_illness_insurance": Words("大病保险", "Serious-illness insurance"),
    "commercial_insurance": Words("商业补充医疗保险", "Commercial medical insurance"),
    "resident_pension": Words("城乡居民基本养老保险", "Residents' pension"),
    "employee_pension": Words("城镇职工基本养老保险", "Employees' pension"),
    "accident_subsidy": Words("人身意外保险补贴", "Accident-insurance subsidy"),
    "medical_relief": Words("接受医疗救助", "Medical aid"),
    "other_health_help": Words("接受其他健康帮扶", "Other health help"),
    "work_place": Words("务工所在地代码", "Place of work (code)"),
    "work_place_name": Words("务工所在地", "Place of work"),
    "employer": Words("务工企业名称", "Employer"),
    "work_months": Words("务工时间（月）", "Months of work"),
    "abroad": Words("国外务工", "Works abroad"),
    "work_channel": Words("就业渠道", "Channel"),
    "industry": Words("产业分类", "Industry"),
    "graduate_work": Words("应届毕业生未就业", "Graduate without work"),
    "posts": Words("公益性岗位", "Public-service posts"),
    "post_months": Words("公益性岗位（月数）", "Months in the post"),
    "relocated_person": Words("易地扶贫搬迁（同步）人口", "Relocated person"),
    "identified_month": Words("人员识别时间", "Identified"),
    "phone": Words("联系电话", "Telephone"),
    "joined_on": Words("增加日期", "Came on"),
    "joined_reason": Words("增加原因", "Why added"),
    "left_on": Words("减少日期", "Left on"),
    "left_reason": Words("减少原因", "Why removed"),
}
HELPER_WORDS: Mapping[str, Words] = {
    "helper_no": Words("帮扶责任人编号", "Helper's number"),
    "name": Words("姓名", "Name"),
    "sex": Words("性别", "Sex"),
    "political": Words("政治面貌", "Affiliation"),
    "unit": Words("帮扶（选派）单位", "Unit"),
    "phone": Words("联系电话", "Telephone"),
    "since": Words("帮扶开始时间", "Since"),
    "until": Words("帮扶结束时间", "Until"),
}
_LISTS: Mapping[str, str] = {
    **CODE_LISTS,
    **SEVERAL_CODES,
    **LIVING_CODES,
    "industry_help": "industry_help",
    "household_type": "household_type",
    "identification_standard": "identification_standard",
    "poverty_cause": "poverty_cause",
    "development_help": "development_help",
    "joined_reason": "member_added",
    "left_reason": "member_removed",
}
_PLACES = frozenset({"grid_id", "resettlement_site_id"})
_MASKED = frozenset({"phone", "collector_phone", "contact_phone", "bank_account", "id_number"})


def value_shown(
    name: str,
    value: Any,  # noqa: ANN401  (any field)
    *,
    names: bool = True,
    places: Mapping[str, str] = MappingProxyType({}),
) -> Words:
    """Return a field's value in words: codes named, numbers of people masked; a dash for nothing.

    Without *names* the names of people are shortened to their first character.
    *places* are the names of grids and resettlement sites, by id.
    """
    if value is None or value in {"", ()}:
        return NOBODY
    if name in _MASKED:
        value = masked(value)
    elif name in _PLACES:
        value = places.get(value, "（已撤销）")
    elif name == "area_code":
        value = areas().full_name(value)
    elif name.endswith("name") and not names and name != "work_place_name":
        value = f"{value[:1]}某"
    return _in_words(name, value)


def _in_words(name: str, value: Any) -> Words:  # noqa: ANN401
    if isinstance(value, bool):
        return Words("是", "yes") if value else Words("否", "no")
    if name in _LISTS:
        return several(_LISTS[name], value) if isinstance(value, tuple) else words_of(_LISTS[name], value)
    if name.endswith("_fen"):
        return Words(yuan_text(value), yuan_text(value))
    text = value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, Decimal):
        text = f"{value.normalize():f}"
    return Words(text, text)


def offered(value: object) -> object:
    """Return a recorded value as the first value of a form: a yes or no as the choice of :data:`YES_NO`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return list(value) if isinstance(value, tuple) else value
