"""Writes the dashboards: ``python -m deploy.grafana``."""

import json
from pathlib import Path
from typing import Any

from deploy.grafana.contents import DASHBOARDS

FOLDER = Path(__file__).parent / "dashboards"


def written(document: dict[str, Any]) -> str:
    """Return *document* as its file holds it."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write every dashboard to its file."""
    for name, document in DASHBOARDS.items():
        (FOLDER / name).write_text(written(document), encoding="utf-8")


if __name__ == "__main__":
    main()
