from shared.contracts.schemas import stale


def test_written_files_are_up_to_date():
    """The schemas and the AsyncAPI document in the tree are what ``make schemas`` would write."""
    assert [] == [file.name for file in stale()], "run `make schemas` and review the difference"
