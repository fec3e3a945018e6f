# Where servers and programs come from: Debian packages, unpacked side by side, two from PyPI and one from npm.
#
# Debian lets only one FTP server, only one of tftpd-hpa and atftpd and only one TFTP client be
# installed, and starts the servers it installs. Unpacked into a folder each, they neither exclude one another nor start by themselves;
# apt installs only the libraries they name.

readonly PYFTPDLIB_VERSION=2.2.0
readonly SCHEMATHESIS_VERSION=4.32.5
readonly AXE_VERSION=4.10.3
readonly AXE_SHA256=880970c081707360e64f34cea25ff91892f5bc95675b0776925b9709dd8a68bb
LISTS_ARE_FRESH=

apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" \
        >>"$DIR/log/apt.log" 2>&1 9>&-
}

refresh_lists() {
    [ -n "$LISTS_ARE_FRESH" ] && return
    apt update && LISTS_ARE_FRESH=yes
}

need_packages() {
    local package missing=()
    for package; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] && return
    refresh_lists && apt install -y --no-install-recommends "${missing[@]}"
}

# unpack PACKAGE PROGRAM: a program whose libraries are all found needs nothing more.
unpack() {
    local package=$1 program=$DIR/unpacked/$1/$2 deb libraries
    runs_here "$program" && return
    refresh_lists || return
    rm -rf -- "$DIR/unpacked/$package" "$DIR/unpacked/$package.part" "$DIR/debs/${package}"_*.deb
    (cd "$DIR/debs" && apt download "$package") || return
    deb=$(find "$DIR/debs" -name "${package}_*.deb" -print -quit)
    [ -n "$deb" ] || return
    libraries=$(libraries_of "$deb")
    if [ -n "$libraries" ]; then apt satisfy -y --no-install-recommends "$libraries" || return; fi
    dpkg-deb -x "$deb" "$DIR/unpacked/$package.part" >>"$DIR/log/apt.log" 2>&1 || return
    mv "$DIR/unpacked/$package.part" "$DIR/unpacked/$package" && runs_here "$program"
}

# The dependencies that are libraries, versions and alternatives kept, as `apt-get satisfy` reads them.
libraries_of() {
    dpkg-deb -f "$1" Depends Pre-Depends | sed 's/^[A-Za-z-]*: *//' | tr ',' '\n' \
        | sed 's/^ *//' | grep '^lib' | sort -u | paste -sd,
}

runs_here() {
    [ -f "$1" ] && ! ldd "$1" 2>/dev/null | grep -q 'not found'
}

install_nginx() { unpack nginx usr/sbin/nginx; }
install_dnsmasq() { unpack dnsmasq-base usr/sbin/dnsmasq; }
install_tftpd_hpa() { unpack tftpd-hpa usr/sbin/in.tftpd; }
install_atftpd() { unpack atftpd usr/sbin/atftpd; }
install_vsftpd() { unpack vsftpd usr/sbin/vsftpd && need_packages libpam-pwdfile; }
install_pure_ftpd() { unpack pure-ftpd usr/sbin/pure-ftpd; }
install_media_tools() { need_packages gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good tshark; }
install_proftpd() { unpack proftpd-core usr/sbin/proftpd; }

# Nothing of these is started or excludes another: they may be the machine's own.
# With curl comes what the guide to pushing needs for a network of its own.
install_curl() { need_packages curl iproute2 util-linux; }
install_wget() { need_packages wget; }
install_lftp() { need_packages lftp; }
install_python3() { need_packages python3; }
install_tftp_hpa() { unpack tftp-hpa usr/bin/tftp; }
install_atftp() { unpack atftp usr/bin/atftp; }
install_dhcpd() { unpack isc-dhcp-server usr/sbin/dhcpd; }
# Its own libraries are in a package that holds no server.
install_kea() { need_packages kea-common && unpack kea-dhcp4-server usr/sbin/kea-dhcp4; }

# It and its driver have to be of one version, so apt keeps them.
install_chromium() { need_packages chromium chromium-driver fonts-dejavu-core; }

# Judges pages by what people need who cannot see, hear or point. One file, run in the page by the tests.
install_axe() {
    is_installed axe && return
    mkdir -p "$DIR/axe" && curl --silent --show-error --fail --location --max-time 120 --retry 3 \
        "https://registry.npmjs.org/axe-core/-/axe-core-$AXE_VERSION.tgz" 2>>"$DIR/log/axe.log" \
        | tar -xzO package/axe.min.js >"$DIR/axe/axe.min.js" 2>>"$DIR/log/axe.log" \
        && is_installed axe
}

install_pyftpdlib() { is_installed pyftpdlib || from_pypi "pyftpdlib==$PYFTPDLIB_VERSION"; }
install_schemathesis() { is_installed schemathesis || from_pypi "schemathesis==$SCHEMATHESIS_VERSION"; }

from_pypi() {
    [ -x "$DIR/venv/bin/pip" ] || make_venv "$DIR/venv" || return
    "$DIR/venv/bin/pip" install --quiet --disable-pip-version-check "$1" >>"$DIR/log/pip.log" 2>&1
}

make_venv() {
    python3 -c 'import ensurepip, venv' 2>/dev/null || need_packages python3 python3-venv || return
    rm -rf -- "$1"
    python3 -m venv "$1" >>"$DIR/log/pip.log" 2>&1
}

install_log() {
    case $1 in
    axe) echo "$DIR/log/axe.log" ;;
    pyftpdlib | schemathesis | tftpy | tftpy-client | py3tftp | ptftpd | ptftp | aioftp) echo "$DIR/log/pip.log" ;;
    tftpd-rs | tftpc) echo "$DIR/log/cargo.log (it needs cargo)" ;;
    basic-ftp) echo "$DIR/log/npm.log" ;;
    *) echo "$DIR/log/apt.log" ;;
    esac
}

program_of() {
    case $1 in
    nginx) echo "$DIR/unpacked/nginx/usr/sbin/nginx" ;;
    dnsmasq) echo "$DIR/unpacked/dnsmasq-base/usr/sbin/dnsmasq" ;;
    tftpd-hpa) echo "$DIR/unpacked/tftpd-hpa/usr/sbin/in.tftpd" ;;
    atftpd) echo "$DIR/unpacked/atftpd/usr/sbin/atftpd" ;;
    vsftpd) echo "$DIR/unpacked/vsftpd/usr/sbin/vsftpd" ;;
    pure-ftpd) echo "$DIR/unpacked/pure-ftpd/usr/sbin/pure-ftpd" ;;
    proftpd) echo "$DIR/unpacked/proftpd-core/usr/sbin/proftpd" ;;
    pyftpdlib) echo "$DIR/venv/bin/python" ;;
    schemathesis) echo "$DIR/venv/bin/schemathesis" ;;
    curl | wget | lftp | python3 | chromium) echo "/usr/bin/$1" ;;
    axe) echo "$DIR/axe/axe.min.js" ;;
    tftp-hpa) echo "$DIR/unpacked/tftp-hpa/usr/bin/tftp" ;;
    atftp) echo "$DIR/unpacked/atftp/usr/bin/atftp" ;;
    dhcpd) echo "$DIR/unpacked/isc-dhcp-server/usr/sbin/dhcpd" ;;
    kea) echo "$DIR/unpacked/kea-dhcp4-server/usr/sbin/kea-dhcp4" ;;
    *) more_program_of "$1" ;;
    esac
}

is_installed() {
    case $1 in
    pyftpdlib)
        "$DIR/venv/bin/python" -c "import pyftpdlib as p; assert p.__ver__ == '$PYFTPDLIB_VERSION'" 2>/dev/null
        ;;
    schemathesis) "$DIR/venv/bin/schemathesis" --version 2>/dev/null | grep -qF "$SCHEMATHESIS_VERSION" ;;
    axe) sha256sum --quiet --check - <<<"$AXE_SHA256  $(program_of axe)" >/dev/null 2>&1 ;;
    chromium) [ -x /usr/bin/chromium ] && [ -x /usr/bin/chromedriver ] ;;
    *) more_is_installed "$1" ;;
    esac
}
