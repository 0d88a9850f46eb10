"""The accounts of the embedded county, with passwords made up for each data directory."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from shared.accounts.account import NewAccount
from shared.accounts.password import made_up
from shared.accounts.store import Accounts
from shared.areas import COUNTY

DEMO: tuple[NewAccount, ...] = (
    NewAccount("county", "县级管理员（演示）", "county", "县乡村振兴局", COUNTY, "monitoring"),
    NewAccount("renshe", "人社局经办（演示）", "department", "县人社局", COUNTY, "employment"),
    NewAccount("renhang", "金融经办（演示）", "department", "县人行", COUNTY, "finance"),
    NewAccount("caizheng", "财政局经办（演示）", "department", "县财政局", COUNTY, "finance"),
    NewAccount("gongshang", "工商联经办（演示）", "department", "县工商联", COUNTY),
    NewAccount("jiaoti", "教体局经办（演示）", "department", "县教体局", COUNTY),
    NewAccount("yibao", "医保局经办（演示）", "department", "县医保局", COUNTY),
    NewAccount("minzheng", "民政局经办（演示）", "department", "县民政局", COUNTY),
    NewAccount("zhujian", "住建局经办（演示）", "department", "县住建局", COUNTY),
    NewAccount("shuili", "水利局经办（演示）", "department", "县水利局", COUNTY),
    NewAccount("fagai", "发改局经办（演示）", "department", "县发改局", COUNTY),
    NewAccount("zhengfa", "政法委经办（演示）", "department", "县委政法委", COUNTY),
    NewAccount("nongye", "农业农村局经办（演示）", "department", "县农业农村局", COUNTY),
    NewAccount("huanbao", "生态环境局经办（演示）", "department", "县生态环境局", COUNTY),
    NewAccount("weijian", "卫健局经办（演示）", "department", "县卫健局", COUNTY),
    NewAccount("canlian", "残联经办（演示）", "department", "县残联", COUNTY),
    NewAccount("yingji", "应急局经办（演示）", "department", "县应急局", COUNTY),
    NewAccount("gongan", "公安局经办（演示）", "department", "县公安局", COUNTY),
    NewAccount("shichang", "市场监管局经办（演示）", "department", "县市场监管局", COUNTY),
    NewAccount("ziran", "自然资源局经办（演示）", "department", "县自然资源局", COUNTY),
    NewAccount("xinfang", "信访局经办（演示）", "department", "县信访局", COUNTY),
    NewAccount("guguan", "固关镇经办（演示）", "town", "固关镇", "610327109"),
    NewAccount("hebei", "河北镇经办（演示）", "town", "河北镇", "610327112"),
    NewAccount("shangcha", "上岔村经办（演示）", "village", "固关镇上岔村", "610327109203"),
    NewAccount("hebei1", "河北镇示例一村经办（演示）", "village", "河北镇示例一村", "610327112200"),
    NewAccount("wangge1", "上岔村一组网格员（演示）", "grid", "固关镇上岔村", "610327109203"),
    NewAccount("pinggu", "考核评估员（演示）", "evaluator", "县考核办", COUNTY, "evaluation"),
    NewAccount("yunwei", "系统运维（演示）", "operator", "县大数据中心", COUNTY),
)
"""Nobody real. The site a department works on follows ``unit``; the others answer on monitoring's pages."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What the person at the terminal is told: one account and its password."""

    account: NewAccount
    password: str


def demo_accounts(accounts: Accounts, passwords_file: Path) -> tuple[SignIn, ...]:
    """Create the accounts that are missing and return how to sign in.

    The passwords are written to *passwords_file* (readable by its owner alone)
    before the accounts are made, so that a start that was killed in between can
    be finished by the next, which prints the same ones.
    """
    passwords = _passwords(passwords_file)
    there = {account.login for account in accounts.every()}
    for new in DEMO:
        if new.login not in there:
            accounts.create(new, passwords[new.login])
    return tuple(SignIn(new, passwords[new.login]) for new in DEMO)


def _passwords(path: Path) -> dict[str, str]:
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    every = {new.login: kept.get(new.login) or made_up() for new in DEMO}
    if every != kept:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(every, file, indent=1)
        fresh.replace(path)
    return every
