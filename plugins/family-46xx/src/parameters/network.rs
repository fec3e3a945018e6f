use deskset_models::{ParameterRow, ParameterSource, Release, Values::AddressList};

use super::{R2_2, Words, flag, number, one_of, port, row, text};
use crate::sources::{CUSTOMIZING, INSTALLATION, ISSUE_4};

/// Network and file serving.
#[rustfmt::skip] // one row, one line
pub(super) fn rows() -> Vec<ParameterRow> {
    let speeds = [("1", "auto"), ("2", "10 Mbps half"), ("3", "10 Mbps full"), ("4", "100 Mbps half"), ("5", "100 Mbps full")];
    let off_or_speeds: Vec<(&str, &str)> = [("0", "off")].into_iter().chain(speeds).collect();
    vec![
        row("TFTPSRVR", AddressList, "", "TFTP servers").by_hand_too().mib(),
        row("TFTPDIR", text(127), "", "Directory before the names of files asked for by TFTP").mib(),
        row("HTTPSRVR", AddressList, "", "HTTP servers").since(R2_2).by_hand_too().mib(),
        row("HTTPDIR", text(127), "", "Directory before the names of files asked for by HTTP or HTTPS").since(R2_2).mib(),
        row("HTTPPORT", port(), "80", "Port of the HTTP servers").since(R2_2).source(ISSUE_4),
        row("TLSSRVR", AddressList, "", "HTTPS servers").since(R2_2).by_hand_too().mib(),
        row("AUTH", flag(), "0", "1: files must come from an authenticated server").by_hand_too().mib(),
        row("STATIC", one_of(&[("0", "no"), ("1", "file server"), ("2", "call server"), ("3", "both")]), "0", "Addresses entered on the phone that other sources do not replace").later(),
        row("DNSSRVR", AddressList, "0.0.0.0", "DNS servers").mib(),
        row("DOMAIN", text(255), "", "Appended to names without a dot").mib(),
        row("DHCPSTD", flag(), "0", "1: give the address up when the lease ends").mib(),
        row("SSON", number(128, 254), "176", "Number of the DHCP option with site settings").from(&[ParameterSource::Manual]).mib(),
        row("L2Q", one_of(&[("0", "auto"), ("1", "on"), ("2", "off")]), "0", "802.1Q tagging").by_hand_too().source(CUSTOMIZING),
        row("L2QVLAN", number(0, 4094), "0", "Voice VLAN").by_hand_too().source(CUSTOMIZING),
        row("L2QAUD", number(0, 7), "6", "Layer 2 priority of audio").source(CUSTOMIZING),
        row("L2QSIG", number(0, 7), "6", "Layer 2 priority of signaling").source(CUSTOMIZING),
        row("DSCPAUD", number(0, 63), "46", "DiffServ code of audio").mib(),
        row("DSCPSIG", number(0, 63), "34", "DiffServ code of signaling").mib(),
        row("VLANTEST", number(0, 999), "60", "Seconds to wait for DHCP on the voice VLAN before doing without it").since(Release::new(1, 8)).by_hand_too().source(ISSUE_4),
        row("VLANSEP", flag(), "1", "1: the PC port does not see the voice VLAN").needs("pc_port").from(&[ParameterSource::Files]).source(ISSUE_4),
        row("PHY2VLAN", number(0, 4094), "0", "VLAN of the PC port").needs("pc_port").later(),
        row("PHY2PRIO", number(0, 7), "0", "Layer 2 priority of the PC port").needs("pc_port").later(),
        row("PHY1STAT", one_of(&speeds), "1", "Speed of the LAN port").by_hand_too().mib(),
        row("PHY2STAT", one_of(&off_or_speeds), "1", "Speed of the PC port").needs("pc_port").by_hand_too().mib(),
        row("DOT1X", number(0, 2), "0", "802.1X: 0 supplicant with pass-through, 1 with proxy logoff too, 2 without pass-through").by_hand_too().mib(),
        row("ICMPDU", number(0, 2), "1", "Which ICMP Destination Unreachable messages are sent").source(CUSTOMIZING),
        row("ICMPRED", flag(), "0", "1: follow ICMP redirects").source(CUSTOMIZING),
        row("GRATARP", flag(), "0", "1: believe gratuitous ARP").later(),
        row("FILTERLIST", text(255), "", "Source addresses to filter; its form is not documented").since(Release::new(2, 8)).source(INSTALLATION),
        row("LOGSRVR", deskset_models::Values::Address, "", "Syslog server").mib(),
        row("SNMPADD", AddressList, "", "Addresses that may ask by SNMP").mib(),
        row("SNMPSTRING", text(32), "", "SNMP community; empty: no SNMP").secret().later(),
        row("CNASRVR", AddressList, "", "Network analyser servers").mib(),
        row("CNAPORT", port(), "8888", "Port of the network analyser").mib(),
        row("SNTPSRVR", AddressList, "", "Time servers").sip().mib(),
    ]
}
