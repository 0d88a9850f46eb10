from shared.observability.exposition import REVISION, text_of
from shared.observability.metrics import ServiceMetrics


def test_several_services_in_one_text():
    """A process with several services says each metric's type once, with all its services below it."""
    both = [ServiceMetrics("finance"), ServiceMetrics("employment")]
    for metrics in both:
        metrics.relayed(3, 0.1)
    lines = text_of([metrics.registry for metrics in both]).decode().splitlines()
    types = [line for line in lines if line.startswith("# TYPE")]
    assert len(types) == len(set(types))
    first = lines.index("# TYPE shouxian_events_relayed_total counter")
    assert [
        'shouxian_events_relayed_total{service="finance"} 3.0',
        'shouxian_events_relayed_total{service="employment"} 3.0',
    ] == lines[first + 1 : first + 3]


def test_asking_twice_tells_the_same():
    """A scrape leaves nothing behind in what the next one gets."""
    registries = [ServiceMetrics("finance").registry, ServiceMetrics("employment").registry]
    assert len(text_of(registries).splitlines()) == len(text_of(registries).splitlines())


def test_the_process_and_its_build(monkeypatch):
    """Memory, processor time and collections of the process are told once, and which build it is."""
    monkeypatch.setenv(REVISION, "abc123")
    text = ServiceMetrics("finance").text().decode()
    for name in (
        "process_resident_memory_bytes ",
        "process_cpu_seconds_total ",
        "python_gc_collections_total{",
    ):
        assert f"\n{name}" in text
    assert 'revision="abc123"' in text
