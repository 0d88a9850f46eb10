"""Pages of departments' lists, warnings, differences, pushes, and of what departments are asked of cases."""
