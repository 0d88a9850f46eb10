"""What the monitoring department may refuse, each with its code and both languages."""

from shared.kernel.errors import NotFoundError

# --- household -----------------------------------------------------------------------------------


class HouseholdNotFoundError(NotFoundError):
    """Raised when no household has this id."""

    code = "household_not_found"
    zh = "没有找到这个农户"
    en = "There is no such household"
