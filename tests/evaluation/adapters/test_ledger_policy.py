from datetime import date

import pytest

from services.evaluation.adapters.ledger_policy import load_ledger_policy
from services.evaluation.domain.ledger.state import Level, Stage
from services.evaluation.settings import Settings
from shared.parameters.load import load_figures
from shared.parameters.strict_yaml import ParameterFileError

FOLDER = Settings.model_fields["rulebook_dir"].default
DAY = date(2022, 1, 1)


def test_every_level_has_a_chain_that_ends_with_the_county():
    """Whatever the level, the unit checks itself first and the county last."""
    chain = load_ledger_policy(FOLDER, ()).chain.on(DAY)
    assert sorted(Level) == sorted(chain)
    assert {(Stage.SELF, Stage.COUNTY)} == {(one[0], one[-1]) for one in chain.values()}


def test_nothing_is_taken_for_confirmed():
    """No paper of the county was seen for any figure of the ledger: each is marked so."""
    figures = load_figures(FOLDER / "policy" / "ledger.yaml")
    assert not [figure.key for figure in figures if figure.entry_on(DAY).confirmed]


def test_a_missing_figure_stops_the_start(tmp_path):
    """A policy file without a figure is refused when the service starts, by its name."""
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "ledger.yaml").write_text("{}", encoding="utf-8")
    with pytest.raises(ParameterFileError, match="near_days"):
        load_ledger_policy(tmp_path, ())
