from datetime import date

from services.finance.service_layer import asset as commands
from services.finance.service_layer.step import TakeStep

DAY = date(2022, 3, 20)


def form(service, kind="operating"):
    command = commands.FormAsset(
        area_code="610327102200",
        on=DAY,
        asset_no=f"A-{kind}",
        name="示例大棚",
        kind=kind,
        project_year=2021,
        unit="610327102",
        value_fen=1,
    )
    return commands.form_asset(command, service.uow(), service.project_policy)


def test_from_its_forming_to_its_disposal(service, outbox):
    """Handed over by 31 March, audited, disposed of; a public one sampled."""
    one, uow = form(service), service.uow
    commands.register_asset(commands.RegisterAsset(id=one, on=DAY, owner="示例合作社"), uow())
    commands.hand_over_asset(TakeStep(id=one, on=DAY), uow())
    commands.audit_asset(commands.AuditAsset(id=one, on=DAY, year=2021), uow())
    commands.dispose_of_asset(TakeStep(id=one, on=DAY), uow())
    other = form(service, "public")
    commands.register_asset(commands.RegisterAsset(id=other, on=DAY, owner="示例合作社"), uow())
    commands.sample_asset(commands.SampleAsset(id=other, on=DAY, good=False), uow())
    assert [
        "asset_formed",
        "asset_registered",
        "asset_handed_over",
        "asset_audited",
        "asset_disposed",
        "asset_formed",
        "asset_registered",
        "asset_sampled",
    ] == [event.type.split(".")[1] for event in outbox()]
    assert "2022-03-31" == outbox()[0].data["due_on"]


def test_a_finding_counts_where_the_asset_lies(service, outbox):
    """The inspection is the county's, the finding the village's, rectified within thirty days."""
    one, uow = form(service), service.uow
    filed = commands.FileInspection(
        area_code="610327", on=DAY, quarter="2022Q1", unit="县乡村振兴局", assets_seen=1
    )
    inspection = commands.file_inspection(filed, uow())
    found = commands.FindProblem(inspection_id=inspection, asset_id=one, category="idle", unit="610327102")
    problem = commands.find_problem(found, uow(), service.project_policy)
    commands.report_problem(TakeStep(id=problem, on=DAY), uow())
    commands.send_problem_back(TakeStep(id=problem, on=DAY), uow())
    commands.report_problem(TakeStep(id=problem, on=DAY), uow())
    commands.close_problem(TakeStep(id=problem, on=DAY), uow())
    told = outbox()[2:]
    assert ["asset_problem_found", "asset_problem_closed"] == [event.type.split(".")[1] for event in told]
    assert ("610327102200", "2022-04-19") == (told[0].data["area_code"], told[0].data["due_on"])
