#!/bin/sh
# Starts the sandbox of the image and, once it is healthy, the scripts in ready.d in the order of their names.
#
# DDCONF_SEED      folder of definitions (default: /etc/ddconf/seed, if there is something in it)
# DDCONF_READY     folder of scripts, *.sh and *.py (default: /etc/ddconf/init/ready.d)
# DDCONF_DATA      where the organisation is kept (default: /var/lib/ddconf)
# DDCONF_CLOCK     "held" for a clock that moves only when it is told to
# DDCONF_PORT, DDCONF_DOGSTATSD, DDCONF_HOST   ports (8127, 8125) and the address to listen on (0.0.0.0)
# DDCONF_NOTIFY_TO hosts that webhooks may be posted to, with blanks between
# Further arguments go to `ddconf sandbox start`.
set -eu

seed=${DDCONF_SEED:-/etc/ddconf/seed}
ready=${DDCONF_READY:-/etc/ddconf/init/ready.d}
port=${DDCONF_PORT:-8127}

set -- --port "$port" --host "${DDCONF_HOST:-0.0.0.0}" --dogstatsd "${DDCONF_DOGSTATSD:-8125}" "$@"
if [ -d "$seed" ] && [ -n "$(ls -A "$seed")" ]; then
    set -- "$@" --seed "$seed"
fi
if [ "${DDCONF_CLOCK:-real}" = held ]; then
    set -- "$@" --hold
fi
for host in ${DDCONF_NOTIFY_TO:-}; do
    set -- "$@" --notify-to "$host"
done

run_ready() {
    until ddconf sandbox health --url "http://127.0.0.1:$port" >/dev/null 2>&1; do
        sleep 0.2
    done
    for script in "$ready"/*; do
        case $script in
        *.sh) DD_HOST="http://127.0.0.1:$port" sh "$script" || echo "failed: $script" >&2 ;;
        *.py) DD_HOST="http://127.0.0.1:$port" python3 "$script" || echo "failed: $script" >&2 ;;
        esac
    done
}
run_ready &

exec ddconf -C "${DDCONF_DATA:-/var/lib/ddconf}" sandbox start "$@"
