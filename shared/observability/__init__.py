"""What the machines tell whoever runs them: logs, metrics, health. Never personal data."""
