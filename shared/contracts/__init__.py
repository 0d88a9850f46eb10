"""The published language: CloudEvents envelopes and what each department tells the county."""
