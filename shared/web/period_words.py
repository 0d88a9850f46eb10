"""How months, quarters and years written for machines are said: ``2022Q2``, ``202204``, ``2022``."""

from shared.web.i18n import Words


def period_words(period: str) -> Words:
    """Return a period as people say it: ``2022Q2`` is 2022年第2季度; what is no period stays as it is."""
    year, rest = period[:4], period[4:]
    if not year.isdigit():
        return Words(period, period)
    if not rest:
        return Words(f"{year}年", year)
    if rest.startswith("Q"):
        return Words(f"{year}年第{rest[1:]}季度", f"{year}, quarter {rest[1:]}")
    return Words(f"{year}年{int(rest)}月", f"{year}-{rest}") if rest.isdigit() else Words(period, period)
