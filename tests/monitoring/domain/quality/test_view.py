from tests.monitoring.domain.quality.records import watched


def test_categories():
    """The categories are those of the measures, each once."""
    measures = frozenset({("100A48", "001"), ("100A48", "002"), ("100A39", "001")})
    assert {"100A48", "100A39"} == watched(measures=measures).categories
