"""What tests of several services share: the promise every reader must keep. Imported by tests only."""
