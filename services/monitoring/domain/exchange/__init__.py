"""Files that come in and go out: what a table must look like, what its cells mean, what an import is."""
