"""The finance department's service: micro-credit and requested measures. Others read its events."""
