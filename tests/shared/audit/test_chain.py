import subprocess
import sys

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from shared.audit import Deed, Who, append, head_of
from shared.audit.tables import entries
from shared.audit.verify import verify
from shared.persistence.engine import WRITING

_WRITER = """
import sys
from shared.audit import Deed, append
from shared.persistence.engine import WRITING, open_engine
engine = open_engine(sys.argv[1]).execution_options(**WRITING)
sys.stdin.readline()
for number in range(40):
    with engine.begin() as connection:
        append(connection, Deed("well.dig", object_id=f"{sys.argv[2]}-{number}"))
"""


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET unit = ''", "DELETE FROM audit_entry"])
def test_an_entry_stays_as_it_is(engine, entered, statement):
    """The database itself refuses to change or remove an entry, whoever asks."""
    entered(engine, 2)
    with pytest.raises(DBAPIError), engine.execution_options(**WRITING).begin() as connection:
        connection.execute(text(statement))
    assert 2 == verify(engine).count


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_head SET seq = 1", "UPDATE audit_head SET seq = 9", "DELETE FROM audit_head"]
)
def test_the_head_only_moves_on_by_one(engine, entered, statement):
    """The head cannot be set back, set ahead or removed."""
    entered(engine, 2)
    with pytest.raises(DBAPIError), engine.execution_options(**WRITING).begin() as connection:
        connection.execute(text(statement))
    with engine.connect() as connection:
        assert 2 == head_of(connection).seq


@pytest.mark.connected
@pytest.mark.parametrize("table", ["audit_entry", "audit_head"])
def test_the_trail_is_not_emptied(database, table, request):
    """PostgreSQL refuses TRUNCATE too, which no trigger on rows would see."""
    from shared.persistence.engine import open_engine
    from tests.shared.audit.conftest import create

    engine = open_engine(database)
    create(engine)
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {table}"))
    engine.dispose()


def test_what_is_rolled_back_leaves_no_entry(engine, entered):
    """An entry stands or falls with the change it tells of."""
    entered(engine, 1)
    with engine.execution_options(**WRITING).connect() as connection, connection.begin() as transaction:
        append(connection, Deed("well.dig"))
        transaction.rollback()
    assert (1, None) == (verify(engine).count, verify(engine).finding)


def test_two_processes_keep_one_chain(engine, url):
    """Two processes that append at once make one chain with every entry of both."""
    both = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, url, name],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b")
    ]
    for one in both:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    errors = [one.communicate(timeout=60)[1] for one in both]
    assert ["", ""] == errors
    assert (80, None) == (verify(engine).count, verify(engine).finding)
    with engine.connect() as connection:
        assert 80 == connection.execute(select(func.count(entries.c.object_id.distinct()))).scalar_one()


def test_what_looks_personal_is_not_entered(local):
    """An ID number or a telephone in an id, a detail or a unit is removed: an entry is for ever."""
    number = "610327199001011234"
    deed = Deed(
        "case.verify",
        Who("a", "town", f"某镇 {number}"),
        object_id=number,
        details={"n": int(number), "l": ["13800138000"]},
    )
    with local.execution_options(**WRITING).begin() as connection:
        append(connection, deed)
        row = connection.execute(select(entries)).mappings().one()
    assert {"n": "[removed]", "l": ["[removed]"]} == row["details"]
    assert ("[removed]", "某镇 [removed]") == (row["object_id"], row["unit"])


def test_a_detail_is_an_id_a_code_or_a_count(local):
    """What is no id, code or count is refused when it is written, not discovered by an auditor."""
    with pytest.raises(TypeError), local.execution_options(**WRITING).begin() as connection:
        append(connection, Deed("case.verify", details={"form": {"name": "某人"}}))
