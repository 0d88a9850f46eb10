#!/bin/bash
# Carries out the Dockerfile in a clean root, twice with the same digest, and starts a migration, a site and a worker
# from what came of it, on SQLite and without a broker: both must say on /readyz that they are of use. Needs root,
# debootstrap, and ports 18000 and 18001. IMAGE_ROOT keeps the base between runs.
set -euo pipefail
cd "$(dirname "$0")/../.."

python=.venv/bin/python
command -v debootstrap >/dev/null || [ -x /usr/sbin/debootstrap ] || deploy/bin/apt.sh debootstrap
work=$(mktemp -d /tmp/shouxian-image-XXXXXX)
root=${IMAGE_ROOT:-$work/build}
started=()
finish() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait || true
  rm -rf "$work"
}
trap finish EXIT

build() {
  $python -m deploy.image build --root "$root" >"$work/build.log" 2>&1 || { tail -n 30 "$work/build.log"; exit 1; }
  tail -n 4 "$work/build.log"
}
build
digest=$(tail -n 1 "$work/build.log")
build
if [ "$(tail -n 1 "$work/build.log")" != "$digest" ]; then echo "Two builds differ." >&2; exit 1; fi

# The image's user writes here, and nowhere else.
mkdir -m 777 "$work/data"
secret=$(head -c 36 /dev/urandom | base64)
export MONITORING_DATABASE_URL=sqlite:////data/monitoring.db MONITORING_ACCOUNTS_URL=sqlite:////data/accounts.db
export MONITORING_SESSION_SECRET=$secret MONITORING_PERSONAL_DATA_KEYS="[\"$secret\"]"
run() { $python -m deploy.image run --root "$root" --data "$work/data" -- "$@"; }

run upgrade monitoring
run web monitoring --port 18000 &
started+=($!)
METRICS_PORT=18001 $python -m deploy.image run --root "$root" --data "$work/data" -- worker monitoring &
started+=($!)
for port in 18000 18001; do
  for _ in $(seq 60); do
    if curl --silent --fail --output /dev/null "http://127.0.0.1:$port/readyz"; then echo "ready on $port"; continue 2; fi
    sleep 1
  done
  echo "nobody is ready on $port" >&2
  exit 1
done
