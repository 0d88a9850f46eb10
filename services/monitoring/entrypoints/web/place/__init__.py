"""Pages of housing, water, toilets, sewage and clean villages."""
