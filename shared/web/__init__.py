"""The frame of the four sites: sign-in, access, forms, problems, pages. Knows no service and no broker.

A service declares, per noun, in ``entrypoints/web/<noun>.py``::

    section = Section("case", prefix="/cases")

    class VerifyForm(Form):
        version: Version
        risks: Annotated[list[str], Field(min_length=1, max_length=5), Label("风险", "Risks", choices=RISKS)]
        loss_fen: Annotated[int, Field(ge=0), Label("损失（元）", "Loss (yuan)", widget="yuan")] = 0

    def area(ask: Ask[Monitoring], given: Mapping[str, Any]) -> str | None:
        return ask.service.read.area_of_case(given["case_id"])            # None: not there

    @section.page("/{case_id}", "case.read", "monitoring/case.html", area_of=area)
    def show_case(ask: Ask[Monitoring], case_id: str) -> View:            # GET /cases/c1, GET /api/cases/c1
        return View(Words("个案", "Case"), {"case": ask.service.read.case(case_id)})

    @section.action("/{case_id}/verify", "case.verify", Words("核实", "Verify"), VerifyForm, area_of=area)
    def verify(act: Act[Monitoring, MonitoringUow], form: VerifyForm, case_id: str) -> Done:
        verify_case(VerifyCase(case_id, form.risks, by=act.officer.account_id), act.uow())
        return Done(f"/cases/{case_id}", "已核实", "Verified", {"id": case_id})

In the template (``{% extends "base.html" %}``, with the text in ``{% block content %}``):
``{{ form("case.verify", case_id=case.id, version=case.version) }}`` shows the form to those who may;
``t("中文", "English")``, ``url("/cases/c1")`` (this site), ``link("finance", "/loans/l1")`` (another,
if ``reaches("finance")``), ``may("case.verify", area_code)``; ``ui.listing``,
``ui.badge``, ``ui.timeline``, ``ui.facts``, ``ui.unconfirmed``.
Handlers raise refusals; nothing is caught in a service.

A file comes in through a field ``Annotated[Upload, Label(…)]`` and ``section.action(…, largest_file=bytes)``;
one goes out of ``section.download(path, permission)`` as a ``FileAnswer``.

``permissions.yaml``: ``case.verify: {zh: 核实, en: Verify, roles: [county, town], limited_to: [area]}``;
``create_site("monitoring", Words(…), service, gate, [section], permissions=…, templates=…)`` makes it.
"""
