"""The four dashboards: the county at a glance, its messages, its sites, and what it works on."""

from typing import Any, Final

from deploy.grafana.panels import Panel, dashboard

_S: Final = 'service=~"$service"'
_BY: Final = "{{service}}"


def _most(metric: str, by: str = "service") -> str:
    """Every worker of a service tells of the same database: the largest of what they say."""
    return f"max by ({by}) ({metric}{{{_S}}})"


def _stat(title: str, expr: str, unit: str = "short", red_from: float | None = None) -> Panel:
    return Panel(title, ((expr, ""),), unit, "stat", red_from)


def _curve(title: str, expr: str, legend: str = _BY, unit: str = "short", words: str = "") -> Panel:
    return Panel(title, ((expr, legend),), unit, words=words)


def _quantile(q: float, metric: str, by: str = "service") -> str:
    return f"histogram_quantile({q}, sum by ({by}, le) (rate({metric}_bucket{{{_S}}}[5m])))"


OVERVIEW = dashboard(
    "shouxian-county",
    "County overview 全县总览",
    (
        (
            _stat("警报 alerts firing", 'count(ALERTS{alertstate="firing"}) or vector(0)', red_from=1),
            _stat("进程 processes up", 'sum(up{job=~"web|worker"})'),
            _stat("最久未发 oldest unsent", "max(shouxian_outbox_oldest_age_seconds)", "s", 120),
            _stat("待人工 set aside", "sum(max by (service, kind) (shouxian_set_aside_events))", red_from=1),
            _stat("数据库 databases", "min(shouxian_database_up)"),
            _stat("中间件 broker", 'max(up{job="rabbitmq"}) or vector(0)'),
        ),
        (
            _curve(
                "变动计入考核 change to score, p99",
                _quantile(0.99, "shouxian_change_to_score_seconds"),
                unit="s",
                words="Goal: 99 % within 60 s",
            ),
            _curve("超过 60 秒的比例 share later than 60 s", "service:shouxian_change_to_score_slow:ratio_rate1h", unit="percentunit"),
        ),
        (
            _curve("请求 requests", f"service:shouxian_http_requests:rate5m{{{_S}}}", unit="reqps"),
            _curve("出错比例 share of errors", f"service:shouxian_http_errors:ratio_rate5m{{{_S}}}", unit="percentunit"),
            _curve("收进的事件 events taken", f'sum by (service) (service:shouxian_events_taken:rate5m{{{_S},outcome="admitted"}})', unit="ops"),
        ),
        (
            _curve("内存 memory", f'process_resident_memory_bytes{{job=~"web|worker",{_S}}}', "{{job}} {{service}} {{instance}}", "bytes"),
            _curve("处理器 cpu", f'rate(process_cpu_seconds_total{{job=~"web|worker",{_S}}}[5m])', "{{job}} {{service}} {{instance}}", "percentunit"),
            _curve("版本 builds", f"count by (service, version, revision) (shouxian_build_info{{{_S}}})", "{{service}} {{version}} {{revision}}"),
        ),
    ),
)  # fmt: skip

MESSAGES = dashboard(
    "shouxian-messages",
    "Messages 消息",
    (
        (
            _curve("待发 outbox waiting", _most("shouxian_outbox_waiting_events")),
            _curve("最久未发 outbox oldest age", _most("shouxian_outbox_oldest_age_seconds"), unit="s"),
            _curve("发出 relayed", f"sum by (service) (rate(shouxian_events_relayed_total{{{_S}}}[5m]))", unit="ops"),
            _curve("转发失败 relay failures", f"sum by (service) (increase(shouxian_relay_failures_total{{{_S}}}[5m]))"),
        ),
        (
            _curve("队列 queue depth", 'max by (queue) (rabbitmq_detailed_queue_messages{vhost="county"})', "{{queue}}"),
            _curve("读者 readers of a queue", 'max by (queue) (rabbitmq_detailed_queue_consumers{vhost="county"})', "{{queue}}"),
            _curve("落后 inbox lag", _most("shouxian_inbox_lag_seconds"), unit="s", words="Age of the oldest event under way or last taken in"),
        ),
        (
            _curve("收进 taken, by outcome", f"service:shouxian_events_taken:rate5m{{{_S}}}", "{{service}} {{outcome}}", "ops"),
            _curve("到达时多旧 event age at intake, p99", f"service:shouxian_event_age_at_intake_seconds:p99_5m{{{_S}}}", unit="s"),
            _curve("批次用时 batch duration, p95", _quantile(0.95, "shouxian_batch_duration_seconds"), unit="s"),
            _curve("每批事件 events of a batch, p50", _quantile(0.5, "shouxian_batch_events")),
        ),
        (
            _curve("待人工 set aside", _most("shouxian_set_aside_events", "service, kind"), "{{service}} {{kind}}"),
            _curve("待重试 delayed", _most("shouxian_delayed_events")),
            _curve("批次失败 batch failures", f"sum by (service) (increase(shouxian_batch_failures_total{{{_S}}}[5m]))"),
            Panel(
                "读取状态 reader",
                (
                    (_most("shouxian_reader_paused"), "{{service}} paused"),
                    (_most("shouxian_reader_outage"), "{{service}} outage"),
                    (f"min by (service) (shouxian_reader_connected{{{_S}}})", "{{service}} connected"),
                ),
            ),
        ),
        (
            _curve("定时工作 sweep, p95", _quantile(0.95, "shouxian_sweep_duration_seconds", "service, part"), "{{service}} {{part}}", "s"),
            _curve("定时工作失败 sweep failures", f"sum by (service, part) (increase(shouxian_sweep_failures_total{{{_S}}}[15m]))", "{{service}} {{part}}"),
            _curve("转发用时 relay, p95", _quantile(0.95, "shouxian_relay_duration_seconds"), unit="s"),
        ),
    ),
)  # fmt: skip

WEB = dashboard(
    "shouxian-web",
    "Web 站点",
    (
        (
            _curve("请求 requests", f"service:shouxian_http_requests:rate5m{{{_S}}}", unit="reqps"),
            _curve("出错比例 share of errors", f"service:shouxian_http_errors:ratio_rate5m{{{_S}}}", unit="percentunit"),
            _curve("用时 duration, p95", f"service:shouxian_http_request_duration_seconds:p95_5m{{{_S}}}", unit="s"),
        ),
        (
            _curve("最慢的页面 slowest routes, p95", f"topk(10, {_quantile(0.95, 'shouxian_http_request_duration_seconds', 'service, route')})", "{{service}} {{route}}", "s"),
            _curve("最忙的页面 busiest routes", f"topk(10, sum by (service, route) (rate(shouxian_http_requests_total{{{_S}}}[5m])))", "{{service}} {{route}}", "reqps"),
            _curve("出错的页面 routes with errors", f'sum by (service, route, status) (increase(shouxian_http_requests_total{{{_S},status=~"5.."}}[5m])) > 0', "{{service}} {{route}} {{status}}"),
        ),
        (
            _curve("拒绝 refusals by code", f"topk(15, sum by (service, code) (increase(shouxian_refusals_total{{{_S}}}[5m])))", "{{service}} {{code}}"),
            _curve("登录失败、锁定 sign-ins refused, locked", 'sum by (code) (increase(shouxian_refusals_total{code=~"sign_in_.*"}[10m]))', "{{code}}"),
        ),
        (
            _curve("数据库连接 connections in use", f"shouxian_database_pool_in_use_connections{{{_S}}} / shouxian_database_pool_max_connections", "{{job}} {{service}} {{instance}}", "percentunit"),
            _curve("考评板 board age", _most("shouxian_board_age_seconds"), unit="s", words="Since somebody last asked for a board"),
            _curve("内存 memory", f'process_resident_memory_bytes{{job="web",{_S}}}', "{{service}} {{instance}}", "bytes"),
            _curve("垃圾回收 collections", f'sum by (service) (rate(python_gc_collections_total{{job="web",{_S}}}[5m]))'),
        ),
    ),
)  # fmt: skip

BUSINESS = dashboard(
    "shouxian-business",
    "Business 业务",
    (
        (
            _stat("登记农户 households", "max(shouxian_households)"),
            _stat("监测对象 monitored", 'max(shouxian_cases{state="monitored"})'),
            _stat("风险消除 eliminated", 'max(shouxian_cases{state="eliminated"})'),
            _stat("公益岗在岗 posts held", "max(shouxian_placements_active)"),
            _stat("逾期贷款 loans overdue", "max(shouxian_loans_overdue)", red_from=1),
            _stat("逾期问题 problems overdue", "max(shouxian_problems_overdue)", red_from=1),
        ),
        (
            _curve("案件所在环节 cases by step", "max by (state) (shouxian_cases)", "{{state}}"),
            _curve("正在计时 limits that run", "max by (kind) (shouxian_timers_running)", "{{kind}}"),
            _curve("已逾期 limits that passed", "max by (kind) (shouxian_timers_overdue)", "{{kind}}"),
        ),
        (
            _curve("贷款 loans", "max by (state) (shouxian_loans)", "{{state}}"),
            _curve("在业 jobs", "max(shouxian_jobs_open)", "jobs"),
            _curve("帮扶措施 measures", "max by (service, answer) (shouxian_measures)", "{{service}} {{answer}}"),
        ),
        (
            _curve("问题台账 problems", "max by (state) (shouxian_problems)", "{{state}}"),
            _curve("逾期督办函 orders overdue", "max(shouxian_orders_overdue)", "orders"),
            _curve("逾期报表 reports overdue", "max by (service) (shouxian_reports_overdue)"),
        ),
    ),
)  # fmt: skip

DASHBOARDS: Final[dict[str, dict[str, Any]]] = {
    "county.json": OVERVIEW,
    "messages.json": MESSAGES,
    "web.json": WEB,
    "business.json": BUSINESS,
}
