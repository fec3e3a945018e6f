# Each server: how it is configured, started and asked whether it answers, and what tests are told of it
# and of the programs.

readonly FTP_USER=phone
readonly FTP_PASSWORD=lab-secret

# The account FTP servers store as: whoever called sudo, or else daemon, whose home folder exists
# (vsftpd insists). Where daemon cannot enter the state folder, for example below /root, it is root.
choose_account() {
    ACCOUNT=${SUDO_USER:-daemon}
    [ "$ACCOUNT" = root ] && ACCOUNT=daemon
    setpriv --reuid "$ACCOUNT" --regid "$(id -g "$ACCOUNT")" --clear-groups test -x "$DIR/ftp" 2>/dev/null \
        || ACCOUNT=root
    ACCOUNT_GROUP=$(id -gn "$ACCOUNT")
    # pure-ftpd logs root in never, and needs no more than daemon: it enters the folder first.
    PUREFTPD_ACCOUNT=$ACCOUNT
    [ "$ACCOUNT" = root ] && PUREFTPD_ACCOUNT=daemon
    UNPRIVILEGED=$PUREFTPD_ACCOUNT
    UNPRIVILEGED_GROUP=$(id -gn "$UNPRIVILEGED")
    PAM_SERVICE=$(pam_service)
}

# A PAM service is known by its name machine-wide, so each state folder has a name of its own.
pam_service() { echo "deskset-peers-$(cksum <<<"$DIR" | cut -d ' ' -f 1)"; }

# shellcheck disable=SC2034 # the loop reads them by name
render() {
    local text name
    text=$(<"$HERE/conf/$1") || return
    for name in DIR HTTP HTTPS HTTPS_WRONGNAME HTTPS_EXPIRED HTTPS_OLDTLS DNSMASQ_HOST HOST \
        ACCOUNT ACCOUNT_GROUP PAM_SERVICE VSFTPD_PORT VSFTPD_PASSIVE VSFTPD_PASSIVE_END \
        HTTP_LOG TFTP_LOG FTP_LOG PROFTPD_PORT PROFTPD_PASSIVE PROFTPD_PASSIVE_END UNPRIVILEGED UNPRIVILEGED_GROUP \
        {APACHE2,LIGHTTPD,CADDY}_{HTTP,GOOD,WRONGNAME,EXPIRED,OLDTLS}; do
        text=${text//"{{$name}}"/"${!name:-}"}
    done
    printf '%s\n' "$text" >"$DIR/etc/$1"
}

write_configuration() {
    local hash uid gid
    choose_logs
    hash=$(openssl passwd -1 "$FTP_PASSWORD") && uid=$(id -u "$ACCOUNT") && gid=$(id -g "$ACCOUNT") || return
    render nginx.conf && render dnsmasq.conf && render vsftpd.conf && render proftpd.conf || return
    render pam.conf && write_more_configuration || return
    (
        # proftpd refuses a password file that anyone may read.
        umask 077
        printf '%s:%s\n' "$FTP_USER" "$hash" >"$DIR/etc/vsftpd.users"
        printf '%s:%s:%s:%s::%s:/bin/false\n' "$FTP_USER" "$hash" "$uid" "$gid" "$DIR/ftp/proftpd" \
            >"$DIR/etc/proftpd.users"
        # Written by hand: pure-pw would hash with argon2id, which costs 1.8 s at each login.
        printf '%s:%s:%s:%s::%s/./::::::::::::\n' "$FTP_USER" "$hash" \
            "$(id -u "$PUREFTPD_ACCOUNT")" "$(id -g "$PUREFTPD_ACCOUNT")" "$DIR/ftp/pure-ftpd" \
            >"$DIR/etc/pure-ftpd.users"
    )
}

# What is logged, in each server's words.
# shellcheck disable=SC2034 # read by name in render
choose_logs() {
    HTTP_LOG="access_log $DIR/log/nginx-access.log;" TFTP_LOG='' FTP_LOG=YES
    ATFTPD_LOG=(--logfile - --verbose=6) PUREFTPD_LOG=(-O "clf:$DIR/log/pure-ftpd.log")
    [ "${PEERS_LOGS:-}" = off ] || return 0
    HTTP_LOG='access_log off; sendfile on; tcp_nopush on;' TFTP_LOG=quiet-tftp FTP_LOG=NO
    ATFTPD_LOG=(--logfile /dev/null --verbose=1) PUREFTPD_LOG=(-f none)
}

# Fills `command`; every server stays in the foreground of a session of its own.
command_of() {
    command=("$(program_of "$1")")
    case $1 in
    nginx) command+=(-e "$DIR/log/nginx.log" -c "$DIR/etc/nginx.conf") ;;
    dnsmasq) command+=(--keep-in-foreground --conf-file="$DIR/etc/dnsmasq.conf") ;;
    tftpd-hpa) command+=(--foreground --listen --user root --secure --create --permissive
        --address "$TFTP_HPA" "$DIR/files") ;;
    atftpd) command+=(--daemon --no-fork --user root.root --bind-address "$HOST" --port "${TFTP_ATFTPD#*:}"
        "${ATFTPD_LOG[@]}" --maxthread 200 --retry-timeout 1 "$DIR/files") ;;
    vsftpd)
        cp "$DIR/etc/pam.conf" "/etc/pam.d/$PAM_SERVICE"
        command+=("$DIR/etc/vsftpd.conf")
        ;;
    pyftpdlib) command+=(-u -m pyftpdlib -i "$HOST" -p "$PYFTPDLIB_PORT" -u "$FTP_USER" -P "$FTP_PASSWORD"
        -w -d "$DIR/ftp/pyftpdlib" -r "$PYFTPDLIB_PASSIVE-$PYFTPDLIB_PASSIVE_END") ;;
    pure-ftpd)
        "$DIR/unpacked/pure-ftpd/usr/bin/pure-pw" mkdb "$DIR/etc/pure-ftpd.pdb" -f "$DIR/etc/pure-ftpd.users"
        command+=(-S "$HOST,$PUREFTPD_PORT" -l "puredb:$DIR/etc/pure-ftpd.pdb" -E -A -H -4 -u 1
            -p "$PUREFTPD_PASSIVE:$PUREFTPD_PASSIVE_END" -c 200 -C 200 -U 133:022
            -g "$DIR/run/pure-ftpd.own" "${PUREFTPD_LOG[@]}")
        ;;
    proftpd) command+=(-n -q -c "$DIR/etc/proftpd.conf") ;;
    *) more_command_of "$1" ;;
    esac
}

# A small file fetched, or a log-in and a listing: more than an open port.
answers() {
    local ask=(curl --silent --output /dev/null --max-time 3) login=$FTP_USER:$FTP_PASSWORD
    case $1 in
    nginx) "${ask[@]}" --fail "http://$HTTP/peers-ready.txt" \
        && "${ask[@]}" --fail --cacert "$DIR/ca/ca.pem" "https://$HTTPS/peers-ready.txt" ;;
    dnsmasq) "${ask[@]}" "tftp://$DNSMASQ_HOST/peers-ready.txt" ;;
    tftpd-hpa) "${ask[@]}" "tftp://$TFTP_HPA/peers-ready.txt" ;;
    atftpd) "${ask[@]}" "tftp://$TFTP_ATFTPD/peers-ready.txt" ;;
    vsftpd) "${ask[@]}" --user "$login" "ftp://$HOST:$VSFTPD_PORT/" ;;
    pyftpdlib) "${ask[@]}" --user "$login" "ftp://$HOST:$PYFTPDLIB_PORT/" ;;
    pure-ftpd) "${ask[@]}" --user "$login" "ftp://$HOST:$PUREFTPD_PORT/" ;;
    proftpd) "${ask[@]}" --user "$login" "ftp://$HOST:$PROFTPD_PORT/" ;;
    *) more_answers "$1" ;;
    esac
}

variables_of() {
    case $1 in
    nginx)
        echo "PEER_HTTP=$HTTP"
        echo "PEER_HTTPS=$HTTPS"
        echo "PEER_HTTPS_WRONGNAME=$HTTPS_WRONGNAME"
        echo "PEER_HTTPS_EXPIRED=$HTTPS_EXPIRED"
        echo "PEER_HTTPS_OLDTLS=$HTTPS_OLDTLS"
        echo "PEER_CA=$DIR/ca/ca.pem"
        echo "PEER_CA_OTHER=$DIR/ca/ca-other.pem"
        echo "PEER_FILES=$DIR/files"
        echo "PEER_PUT=$DIR/put"
        echo "PEER_HTTP_LOG=$DIR/log/nginx-access.log"
        ;;
    dnsmasq)
        printf '%s\n' "PEER_TFTP_DNSMASQ=$DNSMASQ_HOST:69" "PEER_FILES=$DIR/files"
        echo "PEER_PROGRAM_DNSMASQ=$(program_of dnsmasq)"
        ;;
    tftpd-hpa) printf '%s\n' "PEER_TFTP_HPA=$TFTP_HPA" "PEER_FILES=$DIR/files" ;;
    atftpd) printf '%s\n' "PEER_TFTP_ATFTPD=$TFTP_ATFTPD" "PEER_FILES=$DIR/files" ;;
    vsftpd)
        ftp_variables VSFTPD "$VSFTPD_PORT" vsftpd
        echo "PEER_FTP_ROOT_VSFTPD_ANONYMOUS=$DIR/ftp-anonymous/incoming"
        echo "PEER_FTP_LOG_VSFTPD=$DIR/log/vsftpd.log"
        ;;
    pyftpdlib) ftp_variables PYFTPDLIB "$PYFTPDLIB_PORT" pyftpdlib ;;
    pure-ftpd) ftp_variables PUREFTPD "$PUREFTPD_PORT" pure-ftpd ;;
    proftpd) ftp_variables PROFTPD "$PROFTPD_PORT" proftpd ;;
    curl | wget | lftp | python3 | atftp | dhcpd | kea | schemathesis) echo "PEER_PROGRAM_${1^^}=$(program_of "$1")" ;;
    tftp-hpa) echo "PEER_PROGRAM_TFTP=$(program_of "$1")" ;;
    chromium) printf '%s\n' "PEER_PROGRAM_CHROMIUM=$(program_of "$1")" PEER_PROGRAM_CHROMEDRIVER=/usr/bin/chromedriver ;;
    axe) echo "PEER_FILE_AXE=$(program_of "$1")" ;;
    *) more_variables_of "$1" ;;
    esac
}

ftp_variables() {
    echo "PEER_FTP_$1=$HOST:$2"
    echo "PEER_FTP_ROOT_$1=$DIR/ftp/$3"
    echo "PEER_FTP_USER=$FTP_USER"
    echo "PEER_FTP_PASSWORD=$FTP_PASSWORD"
}
