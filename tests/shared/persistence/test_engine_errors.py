"""What an error of the database may show."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.persistence.engine import open_engine


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def test_an_error_does_not_show_what_was_written(kind, request, tmp_path):
    """The text of a database error holds the statement and none of the values given to it."""
    sqlite = kind == "sqlite"
    url = f"sqlite:///{tmp_path}/x.db" if sqlite else request.getfixturevalue("database")
    engine = open_engine(url)
    with engine.connect() as connection, pytest.raises(DBAPIError) as error:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "示例甲"})
    engine.dispose()
    assert "示例甲" not in str(error.value)
