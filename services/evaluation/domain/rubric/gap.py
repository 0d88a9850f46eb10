"""Why a number cannot be had: raised inside the engine, turned into a status by the item it happens in."""


class GapError(Exception):
    """*where* names the cell or item that holds no number."""

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(where)


class MissingValueError(GapError):
    """Nobody has entered the value."""


class NotApplicableError(GapError):
    """The matter does not arise for the unit."""


class ZeroDenominatorError(GapError):
    """Something was to be divided by nought."""
