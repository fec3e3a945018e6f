# A certificate authority of the lab's own and the four certificates nginx shows.

make_certificates() {
    certificates_hold && return
    render ca.conf || return
    (
        cd "$DIR/ca" || exit
        rm -f -- *
        : >index.txt
        make_root ca 'Deskset lab CA' && make_root ca-other 'Some other CA' || exit
        issue good "$LAB_NAMES" ec -30 +825 || exit
        issue wrongname DNS:elsewhere.lab.test ec -30 +825 || exit
        issue expired "$LAB_NAMES" ec -30 -1 || exit
        issue oldtls "$LAB_NAMES" rsa -30 +825
    ) >>"$DIR/log/openssl.log" 2>&1
}

readonly LAB_NAMES=IP:127.0.0.1,IP:::1,DNS:localhost,DNS:files.lab.test
readonly DAY_SECONDS=86400

certificates_hold() {
    local file
    for file in ca good oldtls; do
        openssl x509 -noout -checkend "$DAY_SECONDS" -in "$DIR/ca/$file.pem" >/dev/null 2>&1 || return
    done
}

make_root() {
    openssl req -config ../etc/ca.conf -x509 -extensions root -days 3650 -subj "/CN=$2" -nodes \
        -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout "$1.key" -out "$1.pem"
}

# issue NAME NAMES KIND FIRST_DAY LAST_DAY, days counted from today. `openssl ca` takes both ends of the
# validity; `openssl x509 -days -1` would make one that ends before it begins, which clients call malformed.
issue() {
    local key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256)
    # TLS 1.0 clients of that age know only RSA.
    [ "$3" = rsa ] && key=(-newkey rsa:2048)
    openssl req -config ../etc/ca.conf -new -subj "/CN=$1.lab.test" -addext "subjectAltName=$2" \
        -nodes "${key[@]}" -keyout "$1.key" -out "$1.csr" \
        && openssl ca -config ../etc/ca.conf -batch -notext -extensions server \
            -startdate "$(day "$4")" -enddate "$(day "$5")" -in "$1.csr" -out "$1.pem"
}

day() { date -u -d "$1 days" +%Y%m%d%H%M%SZ; }
