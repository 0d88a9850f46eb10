"""How a dashboard is put together: rows of panels, each a title, a question or two, and a unit."""

from dataclasses import dataclass
from typing import Any

SOURCE = {"type": "prometheus", "uid": "${source}"}
_WIDTH, _HEIGHT = 24, 8


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture. *asks*: each a PromQL expression and the legend of its curves."""

    title: str
    asks: tuple[tuple[str, str], ...]
    unit: str = "short"
    kind: str = "timeseries"
    red_from: float | None = None
    words: str = ""

    def document(self, number: int, place: dict[str, int]) -> dict[str, Any]:
        steps: list[dict[str, Any]] = [{"color": "green", "value": None}]
        if self.red_from is not None:
            steps.append({"color": "red", "value": self.red_from})
        return {
            "id": number,
            "type": self.kind,
            "title": self.title,
            "description": self.words,
            "datasource": SOURCE,
            "gridPos": place,
            "fieldConfig": {
                "defaults": {
                    "unit": self.unit,
                    "min": 0,
                    "thresholds": {"mode": "absolute", "steps": steps},
                },
                "overrides": [],
            },
            "options": _OPTIONS[self.kind],
            "targets": [
                {
                    "refId": chr(ord("A") + index),
                    "datasource": SOURCE,
                    "expr": expr,
                    "legendFormat": legend,
                    "instant": self.kind == "stat",
                    "range": self.kind != "stat",
                }
                for index, (expr, legend) in enumerate(self.asks)
            ],
        }


_OPTIONS: dict[str, dict[str, Any]] = {
    "timeseries": {
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
        "tooltip": {"mode": "multi", "sort": "desc"},
    },
    "stat": {
        "colorMode": "background",
        "graphMode": "none",
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        "textMode": "auto",
    },
}


def dashboard(uid: str, title: str, rows: tuple[tuple[Panel, ...], ...]) -> dict[str, Any]:
    """Return the document of one dashboard; the panels of a row share its width."""
    panels: list[dict[str, Any]] = []
    top = 0
    for row in rows:
        height = _HEIGHT // 2 if all(panel.kind == "stat" for panel in row) else _HEIGHT
        width = _WIDTH // len(row)
        for index, panel in enumerate(row):
            place = {"x": index * width, "y": top, "w": width, "h": height}
            panels.append(panel.document(len(panels) + 1, place))
        top += height
    return {
        "uid": uid,
        "title": title,
        "tags": ["shouxian"],
        "timezone": "Asia/Shanghai",
        "schemaVersion": 38,
        "version": 1,
        "editable": False,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": [_source(), _service()]},
        "annotations": {"list": []},
        "links": [{"type": "dashboards", "tags": ["shouxian"], "title": "Shouxian 守线", "asDropdown": True}],
        "panels": panels,
    }


def _source() -> dict[str, Any]:
    return {"name": "source", "label": "Prometheus", "type": "datasource", "query": "prometheus", "hide": 0}


def _service() -> dict[str, Any]:
    query = "label_values(shouxian_build_info, service)"
    return {
        "name": "service",
        "label": "服务 service",
        "type": "query",
        "datasource": SOURCE,
        "query": {"query": query, "refId": "services"},
        "definition": query,
        "refresh": 2,
        "multi": True,
        "includeAll": True,
        "allValue": ".+",
        "current": {"text": "All", "value": "$__all"},
    }
