#!/bin/sh
# The role that takes backups: it reads all, what is written too, and changes nothing. Run once by the image, when the
# database is made; and by hand after a new password, on a database that is older than this, and after a restore
# (drift/aterstall does): docker compose exec databas sh /docker-entrypoint-initdb.d/10-kopia.sh
# Passwords become those of the secrets: a database that has been put back remembers those of its own time.
set -eu
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SLUT'
\set agaren `cat /run/secrets/databas_agare_losenord`
\set kopians `cat /run/secrets/kopia_losenord`
SELECT 'CREATE ROLE insatskollen_kopia' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'insatskollen_kopia') \gexec
ALTER ROLE insatskollen_kopia LOGIN REPLICATION BYPASSRLS NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'kopians';
GRANT pg_read_all_data TO insatskollen_kopia;
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO insatskollen_kopia;
ALTER ROLE CURRENT_USER PASSWORD :'agaren';
SLUT
rad='host replication insatskollen_kopia samenet scram-sha-256'
grep -qxF "$rad" "$PGDATA/pg_hba.conf" || echo "$rad" >> "$PGDATA/pg_hba.conf"
psql --quiet --no-psqlrc --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --output /dev/null --command 'SELECT pg_reload_conf()'
