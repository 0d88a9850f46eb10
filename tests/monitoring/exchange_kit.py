"""Files of invented people, written as offices send them, and the way of one through an import."""

import hashlib
from datetime import date

from services.monitoring.adapters.exchange.workbook_writer import cell_of, headings_of
from services.monitoring.service_layer.exchange.importing import ImportStep, Upload, approve, upload
from services.monitoring.service_layer.exchange.working import work_on
from shared.areas import areas
from shared.spreadsheet import csv_lines, write_xlsx
from tests.monitoring.kit import VILLAGE, id_number

LIST = "lifted_out_persons"


def person_row(household=1, place=1, **given):
    """Return what a line of the national list says of the *place*-th person of a household."""
    man = place % 2 == 1
    born = date(1978 + (household + place) % 12, 1 + household % 12, 1 + place)
    village = areas().get(VILLAGE)
    row = {
        "serial": place,
        "county_name": "陇县",
        "town_name": areas().get(VILLAGE[:9]).name,
        "village_name": village.name,
        "household_no": f"H{household:06d}",
        "person_no": f"H{household:06d}{place:02d}",
        "name": f"赵{'甲乙丙丁'[place % 4]}",
        "id_number": id_number(born, "1" if man else "2", household % 490 + 1),
        "relation": "001" if place == 1 else "002" if place == 2 else "003" if man else "004",
        "ethnicity": "001",
        "education": "003",
        "health": ("001",),
        "labour_skill": "001",
        "household_phone": "13800138000",
        "household_type": "100A03A03",
        "house_dangerous": False,
    }
    return row | given


def table(path, rows, wanted):
    """Write *rows*, by field, as a file of the format *wanted*; the ending decides which kind."""
    lines = [[cell_of(one, row.get(one.field)) for one in wanted.columns] for row in rows]
    if path.suffix == ".csv":
        path.write_bytes(b"".join(csv_lines(headings_of(wanted), lines)))
    else:
        write_xlsx(path, wanted.zh, headings_of(wanted), lines)
    return path


def sent(service, path, format_key=LIST, **given):
    """Upload the file and return the id of its import."""
    told = {"area_code": "610327", "by": "county-1"} | given
    command = Upload(
        path=path,
        name=path.name,
        file_hash=hashlib.sha256(path.read_bytes()).hexdigest(),
        size=path.stat().st_size,
        format=format_key,
        **told,
    )
    return upload(command, service.uow(), service.formats, service.owners())


def previewed(service, path, format_key=LIST, **given):
    """Upload the file, let it be read, and return its import."""
    job_id = sent(service, path, format_key, **given)
    work_on(job_id, service.desk())
    return job(service, job_id)


def applied(service, path, format_key=LIST, **given):
    """Upload, preview, approve and apply the file, and return its import."""
    one = previewed(service, path, format_key, **given)
    approve(ImportStep(import_id=one.id, by="county-1"), service.uow(), service.formats)
    work_on(one.id, service.desk())
    return job(service, one.id)


def job(service, job_id):
    with service.uow() as uow:
        return uow.imports.get(job_id)


def staged(service, job_id):
    with service.uow() as uow:
        return [row for page in uow.imports.households(job_id, 100) for rows in page for row in rows]
