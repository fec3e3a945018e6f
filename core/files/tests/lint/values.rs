//! Cases: parameters and values, alone and together.

use crate::cases::{Case, case};

pub fn values() -> Vec<Case> {
    let long = "a".repeat(256);
    let too_long = format!("SET NOSUCH {long}\n");
    vec![
        case(
            "unknown-parameter",
            "SET OPTSTAT 110\nSET \"\" 1\n",
            &[("1", "OPTSTAT"), ("2", "\"\"")],
            "SET opstat 110\n",
        ),
        case(
            "later-parameter",
            "SET USE_DHCP 1\n##\nSET SIP_CONTROLLER_LIST 192.0.2.1:5061;transport=tls\n",
            &[("1", "USE_DHCP"), ("3", "SIP_CONTROLLER_LIST")],
            "SET MCIPADD 192.0.2.1\n",
        ),
        case(
            "out-of-range",
            "SET DSCPAUD 64\nSET HTTPPORT 65536\nSET PUSHCAP 22\n",
            &[("1", "64"), ("2", "65536"), ("3", "22")],
            "SET DSCPAUD 63\n",
        ),
        case(
            "wrong-type",
            "SET HTTPPORT http\nSET L2QVLAN 0x20\nSET PHNIC 0a\n",
            &[("1", "http"), ("2", "0x20"), ("3", "0a")],
            "SET HTTPPORT 81\n",
        ),
        case(
            "not-a-choice",
            "SET OPSTAT 112\nSET APPSTAT 4\nSET PHY1STAT 0\n",
            &[("1", "112"), ("2", "4"), ("3", "0")],
            "SET OPSTAT 011\n",
        ),
        case(
            "not-an-address",
            "SET MCIPADD 192.0.2.1;192.0.2.2\nSET TFTPSRVR 192.0.2.1,\nSET LOGSRVR http://a\n",
            &[("1", "192.0.2.1;192.0.2.2"), ("2", "192.0.2.1,"), ("3", "http://a")],
            "SET MCIPADD \"192.0.2.1,a.example.com\"\n",
        ),
        case(
            "more-than-one-address",
            "SET FTPSRVR 192.0.2.1,192.0.2.2\n",
            &[("1", "192.0.2.1,192.0.2.2")],
            "SET FTPSRVR 192.0.2.1\n",
        ),
        case(
            "value-too-long",
            "SET PROCPSWD 12345678\nSET PHNIC 12345\n",
            &[("1", "12345678"), ("2", "12345")],
            "SET PHNIC 1234\n",
        ),
        Case { places: vec![("1", long.leak())], ..case("value-too-long", &too_long, &[], "SET SYSLANG English\n") },
        case(
            "local-parameter",
            "SET SIG 2\nSET GROUP 1\nSET SSON 176\n",
            &[("1", "SIG"), ("2", "GROUP"), ("3", "SSON")],
            "IF $SIG SEQ 2 GOTO END\n# END\n",
        ),
        case(
            "read-only-parameter",
            "SET BOOTNAME a\nSET macaddr 1\n",
            &[("1", "BOOTNAME"), ("2", "macaddr")],
            "IF $BOOTNAME SEQ a GOTO END\n# END\n",
        ),
        case(
            "not-from-files",
            "SET RTCPMON 192.0.2.1\nSET IPADD 192.0.2.1\n",
            &[("1", "RTCPMON"), ("2", "IPADD")],
            "SET MCIPADD 192.0.2.1\n",
        ),
        case("other-signaling", "SET SIPPORT 5061\n", &[("1", "SIPPORT")], "SET MCPORT 1720\n").on("4620SW h323"),
        case("newer-release", "SET AUDASYS 2\n", &[("1", "AUDASYS")], "SET AUDIOENV 2\n").on("4620SW h323 2.7"),
        case("no-capability", "SET BAKLIGHTOFF 60\n", &[("1", "BAKLIGHTOFF")], "SET IRSTAT 0\n").on("4610SW h323"),
        case(
            "http-unsupported",
            "SET HTTPSRVR 192.0.2.1\nSET HTTPDIR phones\n",
            &[("1", "HTTPSRVR"), ("2", "HTTPDIR")],
            "SET TFTPSRVR 192.0.2.1\nSET TFTPDIR phones\n",
        )
        .on("4625SW h323 2.5"),
        case("default-value", "SET OPSTAT 111\nSET WMLHOME \"\"\n", &[("1", "111"), ("2", "")], "SET OPSTAT 110\n"),
        case(
            "set-twice",
            "SET OPSTAT 110\nSET opstat 110\n",
            &[("2", "opstat")],
            "SET OPSTAT 110\nIF $SIG SEQ 2 GOTO END\nSET OPSTAT 110\n# END\n",
        ),
        case(
            "overridden",
            "SET OPSTAT 110\nIF $SIG SEQ 2 GOTO END\nSET L2QVLAN 20\n# END\nSET OPSTAT 101\n",
            &[("1", "OPSTAT")],
            "SET OPSTAT 110\nIF $SIG SEQ 2 GOTO END\nSET OPSTAT 101\n# END\n",
        ),
    ]
}

pub fn traps() -> Vec<Case> {
    vec![
        case(
            "password-in-clear",
            "SET PROCPSWD 2723873\nSET SNMPSTRING lab\n",
            &[("1", "2723873"), ("2", "lab")],
            "SET MSGNUM 2723873\n",
        ),
        case(
            "credentials-in-url",
            "SET BRURI http://a:b@192.0.2.1/x\n",
            &[("1", "a:b")],
            "SET BRURI http://192.0.2.1:80/x?a:b@c\n",
        ),
        case(
            "short-password",
            "# deskset: allow password-in-clear\nSET PROCPSWD 272\n",
            &[("2", "272")],
            "# deskset: allow password-in-clear\nSET PROCPSWD 2723\n",
        ),
        case("open-push-list", "SET TPSLIST /\n", &[("1", "/")], "SET TPSLIST 192.0.2.1/push\n"),
        case(
            "loose-push-entry",
            "SET TPSLIST .a.example.com,example.com,intranet\n",
            &[("1", "example.com"), ("1", "intranet")],
            "SET TPSLIST .example.com,push.example.com,192.0.2.1\n",
        ),
        case("opstat-one-digit", "SET OPSTAT 0\n", &[("1", "0")], "SET OPSTAT 001\n"),
        case("opstat-no-retrieval", "SET OPSTAT 000\n", &[("1", "000")], "SET OPSTAT 100\n"),
        case("appstat-order", "SET APPSTAT 2\n", &[("1", "2")], "SET APPSTAT 0\n"),
        case("vlantest-zero", "SET VLANTEST 0\n", &[("1", "0")], "SET VLANTEST 1\n"),
        case("fixed-speed", "SET PHY1STAT 5\nSET PHY2STAT 2\n", &[("1", "5"), ("2", "2")], "SET PHY2STAT 0\n"),
        case("old-tls", "SET TLSSRVR 192.0.2.1\n", &[("1", "192.0.2.1")], "SET HTTPSRVR 192.0.2.1\n"),
        case(
            "dns-server-by-name",
            "SET DNSSRVR 192.0.2.1,dns.example.com\n",
            &[("1", "dns.example.com")],
            "SET DNSSRVR 192.0.2.1\n",
        ),
        case(
            "appname-in-settings",
            "SET APPNAME lab.bin\n",
            &[("1", "APPNAME")],
            "=== 46xxupgrade.scr\nSET APPNAME lab.bin\nGET a.txt\n",
        ),
        case(
            "appname-with-path",
            "=== 46xxupgrade.scr\nSET APPNAME a/lab.bin\nGET a.txt\n",
            &[("1", "a/lab.bin")],
            "=== 46xxupgrade.scr\nSET APPNAME lab.bin\nGET a.txt\n",
        ),
    ]
}

pub fn together() -> Vec<Case> {
    let upgrade = "=== 46xxupgrade.scr\n";
    vec![
        case(
            "restore-without-server",
            "# deskset: allow default-value\nSET RESTORESTAT 1\n",
            &[("2", "SET RESTORESTAT 1")],
            "# deskset: allow default-value\nSET RESTORESTAT 1\nSET BRURI http://192.0.2.1\n",
        ),
        case(
            "ftp-directory-without-server",
            "SET FTPDIR lab\n",
            &[("1", "SET FTPDIR lab")],
            "SET FTPDIR lab\nGET more.txt\n",
        ),
        case(
            "ftp-locked-without-server",
            "SET FTPUSERSTAT 2\n",
            &[("1", "SET FTPUSERSTAT 2")],
            "SET FTPSRVR 192.0.2.1\nSET FTPUSERSTAT 0\n",
        ),
        case(
            "auth-without-tls",
            "SET AUTH 1\n",
            &[("1", "SET AUTH 1")],
            "SET AUTH 1\n# deskset: allow old-tls\nSET TLSSRVR 192.0.2.1\n",
        ),
        case(
            "subscribe-without-push",
            "SET SUBSCRIBELIST http://192.0.2.1/\n",
            &[("1", "SET SUBSCRIBELIST http://192.0.2.1/")],
            "SET SUBSCRIBELIST http://192.0.2.1/\nSET TPSLIST 192.0.2.1\n",
        ),
        case(
            "vlan-without-tagging",
            "SET L2QVLAN 20\nSET L2Q 2\n",
            &[("1", "SET L2QVLAN 20")],
            "SET L2QVLAN 20\nSET L2Q 1\n",
        ),
        case(
            "password-without-procedures",
            "SET PROCSTAT 1\n# deskset: allow password-in-clear\nSET PROCPSWD 2723\n",
            &[("3", "SET PROCPSWD 2723")],
            "SET PROCSTAT 1\n",
        ),
        case(
            "dns-too-late",
            "SET MCIPADD a.example.com\nSET DOMAIN example.com\n",
            &[("2", "SET DOMAIN example.com")],
            "SET MCIPADD 192.0.2.1\nSET DOMAIN example.com\nSET TFTPSRVR a\n",
        ),
        case(
            "name-without-domain",
            "SET MCIPADD 192.0.2.1,gatekeeper\n",
            &[("1", "gatekeeper")],
            "SET DOMAIN example.com\nSET MCIPADD gatekeeper\n",
        ),
        case("no-appname", &format!("{upgrade}GET a.txt\n"), &[("1", "")], "GET a.txt\n"),
        case(
            "upgrade-without-get",
            &format!("{upgrade}SET APPNAME lab.bin\n"),
            &[("1", "")],
            &format!("{upgrade}SET APPNAME lab.bin\nGET a.txt\n"),
        ),
        case(
            "appname-of-other-model",
            &format!("{upgrade}SET APPNAME a20d01b2_2.bin\nGET a.txt\n"),
            &[("1", "a20d01b2_2.bin")],
            &format!("{upgrade}SET APPNAME lab2_2.bin\nGET a.txt\n"),
        )
        .on("4620 h323,4620SW h323")
        .only("4620 H.323"),
    ]
}
