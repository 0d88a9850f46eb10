"""The official divisions of the county as data: county, towns, villages, by code."""

from shared.areas.area import COUNTY, Area, Areas, Level, UnknownAreaError, areas, contains, level_of, town_of

__all__ = ["COUNTY", "Area", "Areas", "Level", "UnknownAreaError", "areas", "contains", "level_of", "town_of"]
