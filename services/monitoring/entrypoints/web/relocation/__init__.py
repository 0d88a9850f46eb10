"""Pages of resettlement sites and of the households that moved there."""
