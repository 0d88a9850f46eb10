#!/bin/bash
# Prepares .venv from a lock file (argument 1): nothing when it is up to date, a new environment on a fresh machine.
set -euo pipefail
cd "$(dirname "$0")/../.."

lock=${1:?lock file}
here=$(pwd -P)
python=.venv/bin/python

# A person's own pip and Python settings must not decide where packages go; where they come from stays theirs.
unset PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PIP_REQUIREMENT PIP_CONSTRAINT
unset PIP_NO_BINARY PIP_ONLY_BINARY PIP_NO_DEPS PIP_DRY_RUN PIP_REQUIRE_VIRTUALENV PIP_BREAK_SYSTEM_PACKAGES
export LC_ALL=C.UTF-8  # the path of the clone, which is written into .venv, may be Chinese
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0

wanted() { # what the environment must have been made from; the path, because scripts in .venv name it
  { echo "$here"; cat "$1" requirements.in pyproject.toml; } | sha256sum | cut -d' ' -f1
}
is_current() {
  [ -f ".venv/.$1" ] && [ "$(cat ".venv/.$1")" = "$(wanted "$1")" ] && [ -x .venv/bin/shouxian ] && "$python" -c '' 2>/dev/null
}
# The development lock holds everything of the other.
if is_current "$lock" || { [ "$lock" = requirements.lock ] && is_current requirements-dev.lock; }; then exit 0; fi

# Two `make` at once: one installs, the other waits and finds it done.
if [ -z "${SHOUXIAN_INSTALLING:-}" ] && command -v flock >/dev/null; then
  exec env SHOUXIAN_INSTALLING=1 flock -w 900 deploy/bin/install.sh deploy/bin/install.sh "$lock"
fi

can_run_it='import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else 1)'
find_python() {
  for candidate in "${PYTHON:-}" python3.11 python3 /usr/bin/python3 python3.12 python3.13; do
    if [ -n "$candidate" ] && "$candidate" -c "$can_run_it" 2>/dev/null; then command -v "$candidate"; return; fi
  done
  echo "Shouxian needs Python 3.11 (Debian 12 has it: apt-get install python3 python3-venv)." >&2
  exit 1
}

if ! { "$python" -c "$can_run_it" && "$python" -m pip --version && [ "$("$python" -c 'import sys; print(sys.prefix)')" = "$here/.venv" ]; } >/dev/null 2>&1; then
  system_python=$(find_python)
  # Debian keeps the part that puts pip into a new environment in a package of its own.
  if ! "$system_python" -c 'import ensurepip, venv' 2>/dev/null; then
    deploy/bin/apt.sh python3-venv
    "$system_python" -c 'import ensurepip, venv' 2>/dev/null || system_python=/usr/bin/python3
  fi
  echo "Creating .venv with $("$system_python" --version)"
  rm -rf .venv
  "$system_python" -m venv .venv
fi

echo "Installing $(grep -c '==' "$lock") packages from $lock (once)"
rm -f .venv/.requirements.lock .venv/.requirements-dev.lock
"$python" -m pip install --quiet --progress-bar off --require-hashes -r "$lock"
# The project itself: one line in a .pth file, built with the setuptools of the lock, so no network is asked.
"$python" -m pip install --quiet --no-index --no-deps --no-build-isolation -e .
# From site-packages up to here. An absolute path would stop Python itself where it is Chinese and LC_ALL is C.
for link in .venv/lib/python3*/site-packages/__editable__.shouxian-*.pth; do echo ../../../.. >"$link"; done
wanted "$lock" >".venv/.$lock"
