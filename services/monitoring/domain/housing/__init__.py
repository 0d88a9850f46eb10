"""Safe housing (plan item 8): alerts, appraisals, rebuilding."""
