#!/bin/bash
# Installs Debian packages (arguments) without questions and without starting any service they bring.
# As root, or through sudo; without either it says what to install and fails.
set -euo pipefail

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

say_what_to_install() {
  echo "Please let an administrator install, then try again:  apt-get install $*" >&2
  exit 1
}

command -v apt-get >/dev/null || say_what_to_install "$@"
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || say_what_to_install "$@"
  # Without a terminal nobody can type a password.
  if [ ! -t 0 ]; then sudo -n true 2>/dev/null || say_what_to_install "$@"; fi
fi

echo "Installing with apt-get: $*"
# A package that brings a service starts it, unless this file says no.
guard=/usr/sbin/policy-rc.d
if [ ! -e "$guard" ]; then
  trap 'as_root rm -f "$guard"' EXIT
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$guard" >/dev/null
  as_root chmod 755 "$guard"
fi

log=$(mktemp)
quietly() {
  "$@" >"$log" 2>&1 </dev/null || { status=$?; tail -n 30 "$log" >&2; rm -f "$log"; return "$status"; }
}
apt() {
  quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 "$@"
}
# An outdated list of one foreign source must not be the end: the install below decides.
apt update || echo "apt-get update had trouble; trying with the lists that are there" >&2
apt install -y --no-install-recommends "$@"
rm -f "$log"
