#!/bin/sh
# The folder of the configuration is written by nobody but root; what an upgrade changes lies in memory.
set -eu
mkdir -p /tmp/nginx
cp /etc/insatskollen/nginx.conf /etc/insatskollen/webbar.conf /tmp/nginx/
exec nginx -c /tmp/nginx/nginx.conf -g 'daemon off;'
