#!/bin/sh
# `ur_bruk webb1` lets webb1 rest (it gets no new requests, and finishes those it has); without a name all take requests.
set -eu
vilken=${1:-}
fil=/tmp/nginx/webbar.conf
if [ -n "$vilken" ]; then
    grep -q "^server $vilken:" /etc/insatskollen/webbar.conf || { echo "ur_bruk: det finns ingen $vilken" >&2; exit 1; }
    sed "s/^\(server $vilken:.*\);/\1 down;/" /etc/insatskollen/webbar.conf > "$fil.ny"
else
    cp /etc/insatskollen/webbar.conf "$fil.ny"
fi
mv "$fil.ny" "$fil"
nginx -c /tmp/nginx/nginx.conf -t -q
nginx -c /tmp/nginx/nginx.conf -s reload
