"""Which rows lie inside an area: the condition of every list that an officer's area narrows."""

from sqlalchemy import ColumnElement, and_, false, true


def inside(column: ColumnElement[str], area_code: str) -> ColumnElement[bool]:
    """Return the condition that *column*, a village code, lies inside *area_code*.

    Empty: everywhere; what is no code: nowhere.
    A range and no LIKE: PostgreSQL finds a prefix by its index only where text is
    ordered by bytes, but a range of digits in every order of text.
    """
    if not area_code:
        return true()
    if not (area_code.isascii() and area_code.isdecimal()):
        return false()
    above = str(int(area_code) + 1).zfill(len(area_code))
    return and_(column >= area_code, column < above)
