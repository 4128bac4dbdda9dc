#!/bin/sh
# Run once, when the database is made: backups read what it writes over its own network, as the owner with its password.
set -eu
echo "host replication insatskollen_agare samenet scram-sha-256" >> "$PGDATA/pg_hba.conf"
