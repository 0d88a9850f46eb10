"""The dashboards of the county, as files for Grafana."""
