"""The independent verifier of a year-end pack: one file to hand to anybody, with nothing to install."""
