"""What the services hand to each other, as rows: outbox, inbox, intake, requests done once. SQL only."""
