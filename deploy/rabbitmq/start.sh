#!/bin/sh
# Becomes the broker of the county. Users, rights, exchange and queues are those of definitions.json, at each start;
# the passwords' hashes come from the secrets, so that no password is in any file of the repository.
set -eu

secrets=/run/secrets
county=/county

umask 077
expressions=
for user in monitoring employment finance evaluation operator; do
  expressions="$expressions;s|@$user@|$(cat "$secrets/rabbitmq_${user}_hash")|"
done
sed "${expressions#;}" "$county/definitions.json" >/tmp/definitions.json
cp "$county/rabbitmq.conf" "$county/enabled_plugins" /tmp/

data=/var/lib/rabbitmq
# Nodes know each other by this; alone it is only between the server and rabbitmqctl in this container.
if [ ! -s "$data/.erlang.cookie" ]; then head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$data/.erlang.cookie"; fi
chmod 400 "$data/.erlang.cookie"

server=$(command -v rabbitmq-server || true)
# Debian's own starter would change the user once more.
if [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]; then server=/usr/lib/rabbitmq/bin/rabbitmq-server; fi

export HOME="$data" RABBITMQ_NODENAME=county@localhost RABBITMQ_USE_LONGNAME=false ERL_EPMD_ADDRESS=127.0.0.1 \
  RABBITMQ_CONFIG_FILE=/tmp/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=/tmp/enabled_plugins \
  RABBITMQ_MNESIA_BASE="$data/mnesia" RABBITMQ_LOG_BASE=/tmp RABBITMQ_LOGS=- RABBITMQ_GENERATED_CONFIG_DIR=/tmp/config \
  RABBITMQ_PID_FILE=/tmp/rabbitmq.pid RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_ADVANCED_CONFIG_FILE=/tmp/none.config \
  RABBITMQ_ALLOW_INPUT=1 RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-noinput
exec "$server"
