# Runs one server for as long as somebody uses it, then removes every trace of it.
#
# $1 is how many seconds the server stays after its last user; the rest is its command line. The
# working directory is the server's own. Standard input is the reading end of the named pipe
# `users`: every process that uses the server holds the pipe open for writing and writes one line
# to it, so "end of file" means "no user", however the users came to their end.

# Only the users decide: a signal to a whole terminal or container must not part us from the server.
trap '' HUP INT TERM
directory=$PWD
linger=$1
shift
exec 3<&0 </dev/null >log 2>&1

remove() {
    cd /
    # Who was killed while making the cluster leaves a program that still makes it for a while.
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        rm -rf "$directory" && return
        sleep 1
    done
}

# The first user's line says that the cluster is made.
read -r first <&3 || { remove; exit; }

"$@" 3<&- &
server=$!

# Returns when nobody came in the last $linger seconds.
until_unused() {
    came=$first$(cat <&3)
    while :; do
        while [ -n "$came" ]; do
            sleep "$linger"
            came=$(cat <&3)
        done
        # From here nobody can come any more; who came just before this is heard in one last read.
        mv users closing
        came=$(cat <&3)
        [ -z "$came" ] && return
        mv closing users
    done
}

# A server that has only just been started ignores the signal, so one is not enough.
{
    until_unused
    while kill -QUIT "$server"; do sleep 1; done
} 2>/dev/null &
watcher=$!

wait "$server"
echo "$?" >ended
# A server that ended by itself leaves its log to its users.
cat <&3 >/dev/null
kill -KILL "$watcher"
remove
