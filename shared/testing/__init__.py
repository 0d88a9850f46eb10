"""What tests of several services share: databases to run on, and the promise every reader must keep. Imported by tests only."""
