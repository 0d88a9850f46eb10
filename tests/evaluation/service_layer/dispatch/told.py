"""What the journal of a service holds, for the tests of dispatch and field work."""

from services.evaluation.adapters.read_models import JournalSearch


def told(service, fact):
    """Return the bodies of the events of one kind, in the order of their ids."""
    found = service.reads.search(JournalSearch(fact=f"evaluation.{fact}"), limit=1000)
    return [entry.envelope.data for entry in found]


def units(service):
    """Return the ids of all units."""
    return [unit.id for unit in service.units()]
