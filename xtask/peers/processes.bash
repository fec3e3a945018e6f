# Starting, finding and ending server processes.
#
# A process is remembered as "number start-time": a number alone may be someone else's by the time
# it is read again.

readonly ANSWER_SECONDS=15
readonly END_SECONDS=5

start() {
    local command=() process
    command_of "$1"
    # The lock and the caller's pipes must not live on in the server.
    (cd "$DIR" && exec setsid "${command[@]}") </dev/null >"$DIR/log/$1.log" 2>&1 9>&- &
    process=$!
    printf '%s %s\n' "$process" "$(start_time "$process")" >"$DIR/run/$1.process"
    disown "$process"
}

process_of() {
    local process began
    read -r process began 2>/dev/null <"$DIR/run/$1.process" || return
    [ -n "$began" ] && [ "$(start_time "$process")" = "$began" ] && echo "$process"
}

is_up() { [ -e "$DIR/run/$1.process" ] && process_of "$1" >/dev/null; }

# Field 22 of /proc/PID/stat (proc(5)), nothing for a process that is gone or only waits to be reaped.
start_time() {
    local line fields
    { line=$(<"/proc/$1/stat"); } 2>/dev/null || return
    read -ra fields <<<"${line##*) }"
    [ "${fields[0]}" != Z ] && echo "${fields[19]}"
}

wait_for_answer() {
    local deadline=$((SECONDS + ANSWER_SECONDS))
    while is_up "$1" && ((SECONDS < deadline)); do
        answers "$1" 9>&- && return
        sleep 0.05
    done
    return 1
}

ask_to_end() {
    local process
    process=$(process_of "$1") && kill -TERM -- "-$process" 2>/dev/null
}

wait_for_end() {
    local deadline=$((SECONDS + END_SECONDS)) process
    while process=$(process_of "$1"); do
        if ((SECONDS > deadline + 1)); then return 1; fi
        if ((SECONDS >= deadline)); then kill -KILL -- "-$process" 2>/dev/null; fi
        sleep 0.05
    done
    rm -f -- "$DIR/run/$1.process"
    if [ "$1" = vsftpd ]; then rm -f -- "/etc/pam.d/$(pam_service)"; fi
}
