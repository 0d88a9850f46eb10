import pytest

HEAD = "format: shouxian-rubric-1\nid: r\ntitle: 例\n"
PART = "parts:\n  - id: P\n    name: 例\n    items:\n"


@pytest.fixture(name="written")
def _written(tmp_path):
    """Write a rubric whose one part holds the items given, each on a line; *more* is what follows."""

    def write(*items: str, more: str = "", head: str = HEAD):
        file = tmp_path / "rubric.yaml"
        lines = "".join(f"      - {item}\n" for item in items)
        parts = "" if "parts:" in more else f"{PART}{lines}"
        file.write_text(f"{head}{parts}{more}", encoding="utf-8")
        return file

    return write
