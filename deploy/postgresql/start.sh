#!/bin/sh
# Becomes the database server of the county. At each start it makes what is missing, a database and a role per service,
# and sets the passwords to those in the secrets; it never changes or removes anything else.
set -eu

data=${PGDATA:-/var/lib/postgresql/data/county}
bin=$(dirname "$(find /usr/lib/postgresql -name initdb -path '*/bin/*' | sort | tail -n 1)")
secrets=/run/secrets
socket=/tmp

# The server wants its key to itself; a secret is shared with whoever may see the folder it comes from.
umask 077
cp "$secrets/postgresql_key" /tmp/server.key

if [ ! -s "$data/PG_VERSION" ]; then
  mkdir -p "$data"
  "$bin/initdb" --pgdata="$data" --username=postgres --auth-local=trust --auth-host=reject --encoding=UTF8 \
    --locale=C.UTF-8 --data-checksums --no-instructions >/dev/null
fi

# From elsewhere only with TLS and password; the socket lies in this container's own /tmp.
cat >"$data/pg_hba.conf" <<RULES
local   all  postgres               trust
hostssl all  all       all          scram-sha-256
RULES

# Everything is prepared before anybody can connect.
"$bin/pg_ctl" --pgdata="$data" --silent --wait --timeout=600 -o "-c listen_addresses='' -c unix_socket_directories=$socket" start
ask() { "$bin/psql" --host="$socket" --username=postgres --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"; }

for name in accounts monitoring employment finance evaluation; do
  ask --set=name="$name" --set=password="$(cat "$secrets/postgresql_$name")" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN', :'name') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
ALTER ROLE :"name" PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE CONNECTION LIMIT 150;
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
# Reads the server's own figures, no table of the county.
ask --set=password="$(cat "$secrets/postgresql_watcher")" <<'SQL'
SELECT 'CREATE ROLE watcher LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'watcher') \gexec
ALTER ROLE watcher PASSWORD :'password' CONNECTION LIMIT 5;
GRANT pg_monitor TO watcher;
SQL
"$bin/pg_ctl" --pgdata="$data" --silent --mode=fast --wait stop

exec "$bin/postgres" -D "$data" -c listen_addresses='*' -c unix_socket_directories="$socket" \
  -c ssl=on -c ssl_cert_file="$secrets/postgresql_cert" -c ssl_key_file=/tmp/server.key -c ssl_min_protocol_version=TLSv1.2 \
  -c password_encryption=scram-sha-256 -c log_line_prefix='%m %q%u@%d ' -c max_connections=300 "$@"
