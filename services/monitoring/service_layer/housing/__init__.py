"""Commands on safe housing (plan item 8): alerts, appraisals, rebuilding."""
