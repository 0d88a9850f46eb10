"""Pages of funds, projects, assets, upkeep and co-operation: one frame, a module per subject."""
