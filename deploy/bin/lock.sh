#!/bin/bash
# Writes both lock files from requirements*.in. Arguments go to pip-compile, for example --upgrade.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Hashes as every index serves them: no find-links or second index of one person's machine.
unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL
export PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock"
compile() {
  .venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@"
}
compile "$@" -o requirements.lock requirements.in
compile "$@" -c requirements.lock -o requirements-dev.lock requirements-dev.in
