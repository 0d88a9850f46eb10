#!/bin/bash
# Runs the tests: first those that may share the machine, one process per core, then, alone, those that
# stop and kill servers and would be disturbed by others. Fails if either part failed.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1

# What the processes they start log is kept, and read at the end.
KEPT_LOGS=$(mktemp -d)
export KEPT_LOGS
trap 'rm -rf "$KEPT_LOGS"' EXIT

# A whole run leaves the shape of the tree to `make arch`, so that .ci/run does not look at it twice.
elsewhere=()
[ "$#" -eq 0 ] && elsewhere=(--ignore=tests/architecture)
.venv/bin/pytest -n "${TEST_PROCESSES:-2}" --dist loadfile -m "not chaos" "${elsewhere[@]}" "$@"
together=$?
.venv/bin/pytest -m "chaos and not long" "$@"
alone=$?
# 5: a selection named no test of this part.
[ "$together" -eq 5 ] && together=0
[ "$alone" -eq 5 ] && alone=0
# Only a whole run has logs of every kind.
scan=0
if [ "$#" -eq 0 ]; then
  .venv/bin/pytest -q tests/system/scan_logs.py
  scan=$?
fi
worst=$((together > alone ? together : alone))
exit $((worst > scan ? worst : scan))
