#!/bin/sh
# Starts workerd and ends it: as few as possible are left to fend for themselves. A shell, because a second
# Node would take half as much memory as the gateway itself.
#
# supervise.sh RUN GRACE PARENTS READY COMMAND…
#   RUN     a folder for the lock and the pipes
#   GRACE   seconds that running requests get to end
#   PARENTS the processes that this one ends with, by their numbers; empty: none
#   READY   the line that is printed when the port is open, with PORT where its number goes
run=$1 grace=$2 parents=$3 ready=$4
shift 4

say() { printf '{"time":"%s","level":"%s","message":"%s"}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" "$2"; }

# The kernel gives the lock back when all who hold it are gone, however they went.
exec 9>"$run/lock"
if command -v flock >/dev/null && ! flock -n 9; then
  say error 'another gateway uses this data folder: a ledger belongs to one process'
  exit 1
fi
# A stream takes two descriptors, an awake object of the ledger three.
ulimit -n "$(ulimit -H -n)" 2>/dev/null

# A claim that is over leaves a database of one page, which holds no table. Nobody has it open now; one that
# was open when the power went has more beside it.
find "$run/../ledger" -type f -name '*.sqlite' -size 4096c -exec sh -c \
  'for file; do [ -e "$file-wal" ] || rm -f -- "$file"; done' sh {} + 2>/dev/null

rm -f "$run/control" "$run/alive"
mkfifo -m 600 "$run/control" "$run/alive" || exit 1

# Whether all parents do. What was killed and is not waited for still has its number.
live() {
  for parent in $parents; do
    kill -0 "$parent" || return 1
    { read -r stat <"/proc/$parent/stat"; } || stat=
    case $stat in *') Z '*) return 1 ;; esac
  done
}

# Sleeps so long, and not longer than it is itself.
pause() {
  sleep "$1" &
  sleeper=$!
  trap 'kill "$sleeper" 2>/dev/null; exit' TERM
  wait "$sleeper"
}

stop() {
  [ -n "$timer" ] && return
  workerd=${workerd:-$!}
  [ -n "$workerd" ] || exit 0
  say info "stopping: no new requests, running ones have $grace s"
  kill -TERM "$workerd" 2>/dev/null
  (trap '' INT HUP && pause "$grace" && kill -KILL "$workerd") >/dev/null 2>&1 4>&- 9>&- &
  timer=$!
}
timer= workerd=
trap stop TERM INT HUP

# Ctrl-C and a closed terminal are told to every process in it; workerd would be gone at once.
(trap '' INT HUP && exec "$@" 3>"$run/control") &
workerd=$!

# Whoever kills this shell, the end of this pipe tells it.
(trap '' INT HUP TERM && read -r _ <"$run/alive"; kill -KILL "$workerd") >/dev/null 2>&1 9>&- &
watcher=$!
exec 4>"$run/alive"

poller=
if [ -n "$parents" ]; then
  (trap '' INT HUP && while live; do pause 1; done; kill -TERM "$$") >/dev/null 2>&1 4>&- 9>&- &
  poller=$!
fi

# workerd tells here which port it got; nothing, when it ends before.
read -r told <"$run/control"
case $told in
*'"listen"'*)
  port=${told##*'"port":'}
  port=${port%%[!0-9]*}
  printf '{"time":"%s",%s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "${ready%%PORT*}$port${ready#*PORT}"
  ;;
esac

wait "$workerd"
status=$?
# A signal ends a wait, and not what it waits for.
while kill -0 "$workerd" 2>/dev/null; do
  wait "$workerd"
  status=$?
done

kill -KILL "$watcher" 2>/dev/null
kill -TERM $poller $timer 2>/dev/null
rm -f "$run/control" "$run/alive"
if [ -z "$timer" ]; then
  say error "workerd ended by itself with status $status"
  [ "$status" -gt 0 ] || status=1
  exit "$status"
fi
if [ "$status" -gt 128 ]; then say warn 'stopped; what was still running is found by its job id'; else say info stopped; fi
exit 0
