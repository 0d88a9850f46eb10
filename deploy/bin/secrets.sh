#!/bin/bash
# Makes every secret of the county in a folder (argument 1) outside of the repository: passwords, keys, a private
# authority and the servers' certificates. What is there already stays: run it again after an upgrade, or after
# deleting one file to have that one made anew. Argument 2 and further: names and addresses people will use for the
# county besides `localhost`, for the certificate of the proxy.
set -euo pipefail

folder=${1:?"usage: deploy/bin/secrets.sh FOLDER [NAME or ADDRESS of the county ...]"}
shift
command -v openssl >/dev/null || { echo "Please install openssl first:  deploy/bin/apt.sh openssl" >&2; exit 1; }

repository=$(cd "$(dirname "$0")/../.." && pwd -P)
umask 077
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
case "$folder/" in "$repository"/*)
  echo "$folder lies in the repository; secrets belong elsewhere." >&2
  exit 1 ;;
esac
# Nobody but the administrator gets in here. The files themselves can be read by anybody, because each is shown to
# one container alone, whose user has no name on this machine.
chmod 700 "$folder"
cd "$folder"

before=$(find . -maxdepth 1 -type f ! -name '.*' | wc -l)
keep() { # FILE: stdin becomes its content, unless it is there
  if [ -s "$1" ]; then cat >/dev/null; return; fi
  cat >".$1.part"
  chmod 444 ".$1.part"
  mv ".$1.part" "$1"
}
random() { openssl rand -base64 36 | tr -d '\n' | tr '+/' '-_'; }

services=(monitoring employment finance evaluation)
for role in accounts "${services[@]}" watcher; do random | keep "postgresql_$role"; done
for user in "${services[@]}" operator; do random | keep "rabbitmq_$user"; done
random | keep session_secret
random | keep grafana_admin
printf '["%s"]' "$(random)" | keep personal_data_keys
random | keep personal_index_key

hash_of() { # RabbitMQ's form: four bytes of salt, then SHA-256 of salt and password, in Base64
  local salt
  salt=$(openssl rand -hex 4)
  local bytes
  bytes=$(printf %s "$salt" | sed 's/../\\x&/g')
  { printf '%b' "$bytes"; { printf '%b' "$bytes"; cat "$1"; } | openssl dgst -sha256 -binary; } | openssl base64 -A
}
for user in "${services[@]}" operator; do
  # Older than its password: the password was made anew.
  if [ "rabbitmq_$user" -nt "rabbitmq_${user}_hash" ]; then rm -f "rabbitmq_${user}_hash"; fi
  hash_of "rabbitmq_$user" | keep "rabbitmq_${user}_hash"
done

derive() { # FILE: like keep, but follows what it is made of
  local text
  text=$(cat)
  if [ -f "$1" ] && [ "$(cat "$1")" = "$text" ]; then return; fi
  rm -f "$1"
  printf %s "$text" | keep "$1"
}
checked='sslmode=verify-full&sslrootcert=/run/secrets/ca'
for role in accounts "${services[@]}"; do
  echo "postgresql+psycopg://$role:$(cat "postgresql_$role")@postgresql:5432/$role?$checked" | derive "${role}_database_url"
done
for user in "${services[@]}" operator; do
  echo "amqps://$user:$(cat "rabbitmq_$user")@rabbitmq:5671/county?cacertfile=/run/secrets/ca" | derive "${user}_broker_url"
done
echo "https://operator:$(cat rabbitmq_operator)@rabbitmq:15671" | derive operator_management_url

if [ ! -s ca ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj '/CN=Shouxian county authority' \
    -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout ca.key -out ca 2>/dev/null
  chmod 400 ca.key
  chmod 444 ca
fi

certificate() { # NAME ALTERNATIVES: a key and a certificate of our authority for two years; anew in the last month
  local name=$1 alternatives=$2
  if [ -s "${name}_cert" ] && openssl x509 -in "${name}_cert" -noout -checkend 2592000 >/dev/null &&
    openssl verify -CAfile ca "${name}_cert" >/dev/null 2>&1 && [ "$(cat ".$name.names")" = "$alternatives" ]; then
    return
  fi
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" -keyout ".$name.key" \
    -out ".$name.csr" 2>/dev/null
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n' "$alternatives" >".$name.ext"
  openssl x509 -req -in ".$name.csr" -CA ca -CAkey ca.key -CAcreateserial -CAserial .ca.serial -days 730 -sha256 \
    -extfile ".$name.ext" -out ".$name.cert" 2>/dev/null
  rm -f ".$name.csr" ".$name.ext"
  echo "$alternatives" >".$name.names"
  chmod 444 ".$name.key" ".$name.cert"
  mv -f ".$name.key" "${name}_key"
  mv -f ".$name.cert" "${name}_cert"
}
certificate postgresql DNS:postgresql
certificate rabbitmq DNS:rabbitmq
names=DNS:localhost,IP:127.0.0.1,DNS:proxy
for name in "$@"; do
  case $name in *[!0-9.]*) names+=",DNS:$name" ;; *) names+=",IP:$name" ;; esac
done
# Without names given, those of the last time stay.
if [ "$#" -eq 0 ] && [ -s .proxy.names ]; then names=$(cat .proxy.names); fi
certificate proxy "$names"

after=$(find . -maxdepth 1 -type f ! -name ".*" | wc -l)
echo "$folder: $after secrets, $((after - before)) of them new. For browsers: import $folder/ca as an authority."
echo "Keep a copy of personal_data_keys and personal_index_key apart from every backup of the database."
