from sqlalchemy import update

from services.evaluation.adapters.tables import household_card
from services.evaluation.service_layer.replay import Replayed, replay
from tests.evaluation.samples import Year, sealed


def test_the_digest_before_is_the_digest_after(service, tell):
    """Rebuilding from the journal changes nothing, and says so."""
    tell(service, sealed(Year(4).events))
    replayed = replay(service.uow())
    assert replayed.equal
    assert 3 == replayed.households


def test_what_was_tampered_with_is_rebuilt_and_told(service, tell):
    """A card changed by hand gives another digest before; afterwards it is right again."""
    tell(service, sealed(Year(4).events))
    right = replay(service.uow()).after
    with service.uow() as uow:
        uow.connection.execute(update(household_card).values(state={"counts": {}}))
        uow.commit()
    replayed = replay(service.uow())
    assert not replayed.equal
    assert right == replayed.after


def test_equal_digests_are_equal():
    """The comparison is of the digests alone."""
    assert Replayed(1, "a", "a").equal
    assert not Replayed(1, "a", "b").equal
