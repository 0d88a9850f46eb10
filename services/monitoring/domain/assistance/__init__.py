"""Social assistance (plan item 10): entitlements, temporary relief, wishes for care."""
