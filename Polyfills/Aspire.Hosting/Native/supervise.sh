#!/bin/sh
# supervise SIGNAL GRACE_SECONDS [SETPRIV_OPTION...] -- COMMAND...
# Runs COMMAND in a session of its own. Standard input is the lifeline: when the AppHost closes it, or dies in any way,
# COMMAND gets SIGNAL and, after the grace, it and everything it started is killed. The exit code is COMMAND's.
signal=$1
grace=$2
shift 2

exec 3<&0
# The parent-death signal covers the death of this script itself; setpriv sets it after any change of user, which clears it.
setsid setpriv --pdeathsig "$signal" "$@" </dev/null 3<&- &
child=$!

(
    while read -r _; do :; done <&3
    kill -s "$signal" "$child"
    tenths=$((grace * 10))
    while [ "$tenths" -gt 0 ] && kill -s 0 "$child"; do
        sleep 0.1
        tenths=$((tenths - 1))
    done
    kill -s KILL -- "-$child"
) </dev/null >/dev/null 2>&1 &
lifeline=$!
exec 3<&-

wait "$child"
code=$?
kill -s KILL -- "-$child" 2>/dev/null
kill "$lifeline" 2>/dev/null
exit "$code"
