"""Money is integer fen; rates are Decimal. Nothing here rounds unless its name says so."""

from decimal import ROUND_HALF_UP, Decimal

Fen = int


def fen(yuan: str | int | Decimal) -> Fen:
    """Return *yuan* as fen; refuses fractions of a fen."""
    exact = Decimal(yuan) * 100
    if exact != exact.to_integral_value():
        msg = f"{yuan} yuan is not a whole number of fen"
        raise ValueError(msg)
    return int(exact)


def yuan_text(amount: Fen) -> str:
    """Return *amount* as people read it: ``1,234.50``."""
    return f"{Decimal(amount) / 100:,.2f}"


def half_up(value: Decimal, places: int = 2) -> Decimal:
    """Return *value* rounded half up to *places*, as published tables are."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
