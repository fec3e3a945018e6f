use deskset_models::{ParameterRow, ParameterSource, Values};

use super::{Words, number, row, text};
use crate::sources::{CUSTOMIZING, INSTALLATION, ISSUE_4};

/// What the phone itself says: (name, meaning).
const OWN: [(&str, &str); 26] = [
    ("MODEL", "The Set ID"),
    ("MODEL4", "Its first four characters"),
    ("PHONESN", "Serial number of the phone"),
    ("PHONECC", "Comcode of the phone"),
    ("PWBCC", "Comcode of the circuit board"),
    ("PWBSN", "Serial number of the circuit board"),
    ("ETHERADD", "Ethernet address"),
    ("MACADDR", "Ethernet address, by its later name"),
    ("ESPEED", "Speed of the Ethernet in use"),
    ("GIPINUSE", "Router in use"),
    ("MCIPINUSE", "Gatekeeper in use"),
    ("TFTPINUSE", "TFTP server in use"),
    ("HTTPUSED", "HTTP server in use"),
    ("TLSUSED", "HTTPS server in use"),
    ("46XXUPGR", "Name of the upgrade script"),
    ("BOOTNAME", "Name of the boot code"),
    ("APPINUSE", "Name of the application file in use"),
    ("L2QSTAT", "Whether frames are tagged"),
    ("VLANLIST", "VLANs seen"),
    ("DHCPINUSE", "DHCP server in use"),
    ("DHCPLEASETIME", "Seconds of the lease"),
    ("DHCPLEASERENEW", "Seconds until the lease is renewed"),
    ("DHCPLEASEREBIND", "Seconds until another server is asked"),
    ("SSONCONTENT", "The site option as received"),
    ("NVPHONEXT", "Extension of the last login"),
    ("LOGSTAT", "How much is logged"),
];

/// Values of the phone, of its keys, and the application that the script asks for.
#[rustfmt::skip] // one row, one line
pub(super) fn rows() -> Vec<ParameterRow> {
    let own = OWN.iter().map(|(name, meaning)| row(name, text(255), "", meaning).from(&[ParameterSource::Phone]).mib());
    let set = [
        row("IPADD", Values::Address, "0.0.0.0", "Address of the phone").from(&[ParameterSource::Manual, ParameterSource::Dhcp]).mib(),
        row("NETMASK", Values::Address, "0.0.0.0", "Mask of the phone's network").from(&[ParameterSource::Manual, ParameterSource::Dhcp]).mib(),
        row("GIPADD", Values::AddressList, "0.0.0.0", "Routers").from(&[ParameterSource::Manual, ParameterSource::Dhcp]).mib(),
        row("CHADDR", text(6), "0", "Last digits of the hardware address given to DHCP").from(&[ParameterSource::Manual]).source(INSTALLATION),
        row("SIG", number(0, 2), "0", "Signaling asked for: 0 as the script says, 1 H.323, 2 SIP").from(&[ParameterSource::Manual]).source(ISSUE_4),
        row("GROUP", number(0, 999), "0", "Group, for scripts that tell groups apart").from(&[ParameterSource::Manual]).source(CUSTOMIZING),
        row("APPNAME", text(255), "", "Name of the application file that the phone should have").from(&[ParameterSource::Files]).source(INSTALLATION),
    ];
    own.chain(set).collect()
}
