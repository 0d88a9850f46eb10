"""Runs the measurements: ``python -m bench [messaging] [--rounds N]``."""

import sys

from bench import messaging

if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["messaging"]:
        arguments = arguments[1:]
    sys.exit(messaging.main(arguments))
