#!/bin/bash
# Makes RabbitMQ and PostgreSQL available for the tests, which start their own private ones. Starts nothing here.
set -euo pipefail
cd "$(dirname "$0")/../.."

missing=()
if ! PATH="$PATH:/usr/sbin:/usr/lib/rabbitmq/bin" command -v rabbitmq-server >/dev/null; then missing+=(rabbitmq-server); fi
if ! command -v initdb >/dev/null && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then missing+=(postgresql); fi
# promtool, which tries the alert rules, comes with it.
if ! command -v promtool >/dev/null; then missing+=(prometheus); fi
if [ "${#missing[@]}" -gt 0 ]; then deploy/bin/apt.sh "${missing[@]}"; fi
