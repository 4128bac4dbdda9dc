#!/bin/sh
# The password comes from its file to the server's standard input: it is then in no environment and no list of processes.
# The system's own user may do what Celery and the cache do, and nothing that administers the server.
set -eu
losenord=$(cat /run/secrets/ko_losenord)
case $losenord in
    '' | *[!A-Za-z0-9_-]*) echo "ko_losenord ska vara bokstäver A–Z, siffror, _ och -" >&2; exit 1 ;;
esac
{
    cat /etc/insatskollen/valkey.conf
    printf '\nuser default off\n'
    printf 'user insatskollen on >%s ~* &* +@all -@admin -@dangerous +info\n' "$losenord"
} | exec valkey-server -
