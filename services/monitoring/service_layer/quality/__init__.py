"""Commands of data quality: checking, answering, the gates, cleaning, the villages' records."""
