#!/bin/sh
# Healthy: it answers who may use it.
set -eu
REDISCLI_AUTH=$(cat /run/secrets/ko_losenord)
export REDISCLI_AUTH
[ "$(valkey-cli --no-auth-warning --user insatskollen ping)" = PONG ]
