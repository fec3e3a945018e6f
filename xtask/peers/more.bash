# The second set: servers and clients that only the table of `cargo xtask interop` is made with. `peers install --all`
# and `peers up --all` take them along.

readonly MORE_PEERS=(apache2 lighttpd caddy tftpy py3tftp ptftpd tftpd-rs aioftp)
readonly MORE_PROGRAMS=(busybox ptftp tftpc tftpy-client aria2 ncftp tnftp basic-ftp wrk)

readonly TFTPY_VERSION=0.8.7 PY3TFTP_VERSION=1.3.0 PTFTPD_VERSION=1.3 AIOFTP_VERSION=0.28.3
readonly TFTPD_RS_VERSION=1.0.0 BASIC_FTP_VERSION=6.2.3

install_apache2() { unpack apache2-bin usr/sbin/apache2; }
install_lighttpd() {
    local modules=$DIR/unpacked/lighttpd/usr/lib/lighttpd tls=usr/lib/lighttpd/mod_openssl.so
    unpack lighttpd usr/sbin/lighttpd && unpack lighttpd-mod-openssl "$tls" || return
    # The server loads modules from one folder.
    [ -e "$modules/mod_openssl.so" ] || cp "$DIR/unpacked/lighttpd-mod-openssl/$tls" "$modules/"
}
install_wrk() { need_packages wrk; }
install_caddy() { unpack caddy usr/bin/caddy; }
install_busybox() { unpack busybox bin/busybox; }
install_aria2() { unpack aria2 usr/bin/aria2c; }
install_ncftp() { unpack ncftp usr/bin/ncftp3; }
install_tnftp() { unpack tnftp usr/bin/tnftp; }
install_tftpy() { install_more_python tftpy; }
install_tftpy_client() { install_more_python tftpy; }
install_py3tftp() { install_more_python py3tftp; }
install_ptftpd() { install_more_python ptftpd; }
install_ptftp() { install_more_python ptftpd; }
install_aioftp() { install_more_python aioftp; }

# All of PyPI's come at once, into a virtual environment of their own.
install_more_python() {
    more_python_has "$1" && return
    # One of them compiles a library about network interfaces.
    need_packages gcc libc6-dev python3-dev || return
    make_venv "$DIR/venv-more" && "$DIR/venv-more/bin/pip" install --quiet --disable-pip-version-check \
        "tftpy==$TFTPY_VERSION" "py3tftp==$PY3TFTP_VERSION" "ptftpd==$PTFTPD_VERSION" "aioftp==$AIOFTP_VERSION" \
        >>"$DIR/log/pip.log" 2>&1
}

more_python_has() {
    "$DIR/venv-more/bin/python" -c "import importlib.metadata as m; m.version('$1')" 2>/dev/null
}

# Server and client of one crate.
install_tftpd_rs() {
    is_installed tftpd-rs && return
    command -v cargo >/dev/null || return
    CARGO_TARGET_DIR=$DIR/cargo/target cargo install --quiet --locked --root "$DIR/cargo" --features client \
        --version "=$TFTPD_RS_VERSION" tftpd >>"$DIR/log/cargo.log" 2>&1 && rm -rf -- "$DIR/cargo/target"
}
install_tftpc() { install_tftpd_rs; }

install_basic_ftp() {
    is_installed basic-ftp && return
    command -v node >/dev/null || need_packages nodejs npm || return
    npm install --silent --no-audit --no-fund --prefix "$DIR/npm" "basic-ftp@$BASIC_FTP_VERSION" \
        >>"$DIR/log/npm.log" 2>&1
}

more_program_of() {
    case $1 in
    apache2) echo "$DIR/unpacked/apache2-bin/usr/sbin/apache2" ;;
    lighttpd) echo "$DIR/unpacked/lighttpd/usr/sbin/lighttpd" ;;
    caddy) echo "$DIR/unpacked/caddy/usr/bin/caddy" ;;
    tftpy | aioftp | tftpy-client) echo "$DIR/venv-more/bin/python" ;;
    py3tftp | ptftpd | ptftp) echo "$DIR/venv-more/bin/$1" ;;
    tftpd-rs) echo "$DIR/cargo/bin/tftpd" ;;
    tftpc) echo "$DIR/cargo/bin/tftpc" ;;
    wrk) echo /usr/bin/wrk ;;
    busybox) echo "$DIR/unpacked/busybox/bin/busybox" ;;
    aria2) echo "$DIR/unpacked/aria2/usr/bin/aria2c" ;;
    ncftp) echo "$DIR/unpacked/ncftp/usr/bin/ncftp3" ;;
    tnftp) echo "$DIR/unpacked/tnftp/usr/bin/tnftp" ;;
    basic-ftp) command -v node ;;
    esac
}

more_is_installed() {
    case $1 in
    basic-ftp) [ -d "$DIR/npm/node_modules/basic-ftp" ] ;;
    tftpy-client) more_python_has tftpy ;;
    *) [ -x "$(program_of "$1")" ] ;;
    esac
}

write_more_configuration() {
    render apache2.conf && render lighttpd.conf && render Caddyfile || return
    local name
    # lighttpd wants key and certificate in one file.
    for name in good wrongname expired oldtls; do
        (umask 077 && cat "$DIR/ca/$name.key" "$DIR/ca/$name.pem" >"$DIR/ca/$name.both")
    done
    # Our own server shows it too, whoever the tests run as; nobody trusts it.
    chmod 644 "$DIR/ca/expired.key"
}

more_command_of() {
    case $1 in
    apache2) command+=(-D FOREGROUND -f "$DIR/etc/apache2.conf") ;;
    lighttpd) command+=(-D -f "$DIR/etc/lighttpd.conf" -m "$DIR/unpacked/lighttpd/usr/lib/lighttpd") ;;
    caddy)
        command=(env "XDG_DATA_HOME=$DIR/run/caddy" "XDG_CONFIG_HOME=$DIR/run/caddy" "${command[@]}"
            run --config "$DIR/etc/Caddyfile" --adapter caddyfile)
        ;;
    tftpy) command+=(-c "import tftpy, sys; tftpy.TftpServer(sys.argv[1]).listen(sys.argv[2], int(sys.argv[3]))"
        "$DIR/files" "$HOST" "$TFTPY_PORT") ;;
    # It serves the folder it runs in.
    py3tftp) command=(env -C "$DIR/files" "${command[@]}" --host "$HOST" -p "$PY3TFTP_PORT") ;;
    ptftpd) command+=(-p "$PTFTPD_PORT" lo "$DIR/files") ;;
    tftpd-rs) command+=(-i "$HOST" -p "$TFTPD_RS_PORT" -d "$DIR/files" --overwrite) ;;
    aioftp) command+=(-m aioftp --user "$FTP_USER" --pass "$FTP_PASSWORD" -d "$DIR/ftp/aioftp" --host "$HOST"
        --port "$AIOFTP_PORT" --family ipv4 -q) ;;
    esac
}

more_answers() {
    case $1 in
    apache2) web_answers "$APACHE2_HTTP" "$APACHE2_GOOD" ;;
    lighttpd) web_answers "$LIGHTTPD_HTTP" "$LIGHTTPD_GOOD" ;;
    caddy) web_answers "$CADDY_HTTP" "$CADDY_GOOD" ;;
    tftpy) "${ask[@]}" "tftp://$HOST:$TFTPY_PORT/peers-ready.txt" ;;
    py3tftp) "${ask[@]}" "tftp://$HOST:$PY3TFTP_PORT/peers-ready.txt" ;;
    # It says no to any option.
    ptftpd) "${ask[@]}" --tftp-no-options "tftp://$HOST:$PTFTPD_PORT/peers-ready.txt" ;;
    tftpd-rs) "${ask[@]}" "tftp://$HOST:$TFTPD_RS_PORT/peers-ready.txt" ;;
    aioftp) "${ask[@]}" --user "$login" "ftp://$HOST:$AIOFTP_PORT/" ;;
    esac
}

web_answers() {
    "${ask[@]}" --fail "http://$HOST:$1/peers-ready.txt" \
        && "${ask[@]}" --fail --cacert "$DIR/ca/ca.pem" "https://$HOST:$2/peers-ready.txt"
}

more_variables_of() {
    case $1 in
    apache2) web_variables APACHE2 "$APACHE2_HTTP" && echo "PEER_HTTPS_OLDTLS_APACHE2=$HOST:$APACHE2_OLDTLS" ;;
    lighttpd) web_variables LIGHTTPD "$LIGHTTPD_HTTP" && echo "PEER_HTTPS_OLDTLS_LIGHTTPD=$HOST:$LIGHTTPD_OLDTLS" ;;
    caddy) web_variables CADDY "$CADDY_HTTP" ;;
    tftpy) printf '%s\n' "PEER_TFTP_TFTPY=$HOST:$TFTPY_PORT" "PEER_FILES=$DIR/files" ;;
    py3tftp) printf '%s\n' "PEER_TFTP_PY3TFTP=$HOST:$PY3TFTP_PORT" "PEER_FILES=$DIR/files" ;;
    ptftpd) printf '%s\n' "PEER_TFTP_PTFTPD=$HOST:$PTFTPD_PORT" "PEER_FILES=$DIR/files" ;;
    tftpd-rs) printf '%s\n' "PEER_TFTP_TFTPD_RS=$HOST:$TFTPD_RS_PORT" "PEER_FILES=$DIR/files" ;;
    aioftp) ftp_variables AIOFTP "$AIOFTP_PORT" aioftp ;;
    ncftp)
        local name
        for name in get put ls; do echo "PEER_PROGRAM_NCFTP${name^^}=$DIR/unpacked/ncftp/usr/bin/ncftp$name"; done
        ;;
    tftpy-client) echo "PEER_PROGRAM_TFTPY=$(program_of "$1")" ;;
    basic-ftp) printf '%s\n' "PEER_PROGRAM_NODE=$(program_of "$1")" "PEER_NODE_MODULES=$DIR/npm/node_modules" ;;
    *) echo "PEER_PROGRAM_${1^^}=$(program_of "$1")" ;;
    esac
}

# The four ports after the plain one are TLS with a good certificate, one for another name, an expired one, and old TLS.
web_variables() {
    printf '%s\n' "PEER_HTTP_$1=$HOST:$2" "PEER_HTTPS_$1=$HOST:$(($2 + 1))" \
        "PEER_HTTPS_WRONGNAME_$1=$HOST:$(($2 + 2))" "PEER_HTTPS_EXPIRED_$1=$HOST:$(($2 + 3))"
}

# One line a peer: PEER_VERSION_NAME=VERSION, as the package says, without Debian's own parts.
version_of() {
    local version
    case $1 in
    pyftpdlib) version=$PYFTPDLIB_VERSION ;;
    tftpy | tftpy-client) version=$TFTPY_VERSION ;;
    py3tftp) version=$PY3TFTP_VERSION ;;
    ptftpd | ptftp) version=$PTFTPD_VERSION ;;
    aioftp) version=$AIOFTP_VERSION ;;
    tftpd-rs | tftpc) version=$TFTPD_RS_VERSION ;;
    basic-ftp) version=$BASIC_FTP_VERSION ;;
    curl | wget | lftp | python3 | wrk) version=$(dpkg-query -W -f='${Version}' "$1") ;;
    *) version=$(dpkg-deb -f "$(find "$DIR/debs" -name "$(package_of "$1")_*.deb" -print -quit)" Version) ;;
    esac
    version=${version#*:}
    local name=${1^^}
    echo "PEER_VERSION_${name//-/_}=${version%%[-+]*}"
}

package_of() {
    case $1 in
    dnsmasq) echo dnsmasq-base ;;
    proftpd) echo proftpd-core ;;
    apache2) echo apache2-bin ;;
    dhcpd) echo isc-dhcp-server ;;
    kea) echo kea-dhcp4-server ;;
    *) echo "$1" ;;
    esac
}
