# Which ports and addresses the servers listen on. Everything hangs on one number, the base.
#
# Fixed ports stay below 32768, where Linux begins to hand out ports for outgoing sockets.

readonly HOST=127.0.0.1
readonly FIRST_BASE=26000
readonly SPAN=2000
readonly LAST_PORT=32767
readonly OTHER_BASES=(26000 28000 30000 24000 22000 20000 18000 16000 14000 12000 10000)

# Peers that are up keep their base. Otherwise the first base whose whole span is unused is taken; the
# lock is held until the servers listen, so two runs cannot choose the same one.
choose_ports() {
    local base wish=${PEERS_BASE:-}
    if [ -n "$wish" ]; then
        [[ $wish =~ ^[0-9]{4,5}$ ]] && ((10#$wish >= 1024 && 10#$wish + SPAN - 1 <= LAST_PORT)) \
            || refuse 2 "PEERS_BASE must be a port from 1024 to $((LAST_PORT - SPAN + 1)) but is: $wish"
        wish=$((10#$wish))
    elif recall_ports; then
        wish=$BASE
    fi
    any_is_up && recall_ports && return
    for base in "${wish:-$FIRST_BASE}" "${OTHER_BASES[@]}"; do
        if span_is_free "$base"; then
            echo "$base" >"$DIR/base"
            derive_ports "$base"
            return
        fi
    done
    refuse 3 "no $SPAN free ports in a row below $LAST_PORT: stop other servers or set PEERS_BASE"
}

recall_ports() {
    local base
    base=$(cat "$DIR/base" 2>/dev/null) && [[ $base =~ ^[0-9]+$ ]] && derive_ports "$base"
}

span_is_free() {
    ss -Hlntu | awk -v from="$1" -v until=$(($1 + SPAN)) \
        '{ port = $5; sub(/.*:/, "", port); if (port + 0 >= from && port + 0 < until) taken = 1 } END { exit taken }'
}

any_is_up() {
    local peer
    for peer in "${ALL_PEERS[@]}" "${MORE_PEERS[@]}"; do is_up "$peer" && return; done
    return 1
}

# shellcheck disable=SC2034 # read by name in render
derive_ports() {
    BASE=$1
    HTTP=$HOST:$((BASE + 80))
    HTTPS=$HOST:$((BASE + 443))
    HTTPS_WRONGNAME=$HOST:$((BASE + 444))
    HTTPS_EXPIRED=$HOST:$((BASE + 445))
    HTTPS_OLDTLS=$HOST:$((BASE + 446))
    TFTP_HPA=$HOST:$((BASE + 69))
    TFTP_ATFTPD=$HOST:$((BASE + 70))
    # dnsmasq serves TFTP on port 69 and on no other, so the address is what differs.
    DNSMASQ_HOST=127.$((BASE / 256)).$((BASE % 256)).69
    TFTPY_PORT=$((BASE + 71))
    PY3TFTP_PORT=$((BASE + 72))
    PTFTPD_PORT=$((BASE + 73))
    TFTPD_RS_PORT=$((BASE + 74))
    AIOFTP_PORT=$((BASE + 25))
    web_ports APACHE2 $((BASE + 500))
    web_ports LIGHTTPD $((BASE + 510))
    web_ports CADDY $((BASE + 520))
    VSFTPD_PORT=$((BASE + 21))
    PYFTPDLIB_PORT=$((BASE + 22))
    PUREFTPD_PORT=$((BASE + 23))
    PROFTPD_PORT=$((BASE + 24))
    # 200 passive ports for each FTP server: few enough to fit, enough for some hundred transfers a second.
    VSFTPD_PASSIVE=$((BASE + 1000)) VSFTPD_PASSIVE_END=$((BASE + 1199))
    PYFTPDLIB_PASSIVE=$((BASE + 1200)) PYFTPDLIB_PASSIVE_END=$((BASE + 1399))
    PUREFTPD_PASSIVE=$((BASE + 1400)) PUREFTPD_PASSIVE_END=$((BASE + 1599))
    PROFTPD_PASSIVE=$((BASE + 1600)) PROFTPD_PASSIVE_END=$((BASE + 1799))
}

# web_ports NAME FIRST: plain, then TLS with a good certificate, one for another name, an expired one, and old TLS.
web_ports() {
    declare -g "$1_HTTP=$2" "$1_GOOD=$(($2 + 1))" "$1_WRONGNAME=$(($2 + 2))" "$1_EXPIRED=$(($2 + 3))" "$1_OLDTLS=$(($2 + 4))"
}
