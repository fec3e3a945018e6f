//! What DHCP servers are told, so that phones find the file servers: the site option, number 176 (LAN Administrator
//! Guide 555-233-507, "DHCP Server").

/// The lines for each kind of server, ready to be pasted into its configuration.
pub(crate) struct Lines {
    pub(crate) dnsmasq: String,
    pub(crate) dhcpd: [String; 2],
    pub(crate) kea: [String; 2],
}

/// The lines for these values; none if there are none. Phones whose TLS is that of their time cannot use an HTTPS
/// server of today, so none is named.
pub(crate) fn lines(site: &[(String, String)]) -> Option<Lines> {
    let values: Vec<String> =
        site.iter().filter(|(name, _)| name != "TLSSRVR").map(|(name, value)| format!("{name}={value}")).collect();
    if values.is_empty() {
        return None;
    }
    let value = values.join(",");
    // Kea takes a comma for the end of a field, unless a backslash stands before it; JSON doubles that.
    let escaped = values.join(r"\\,");
    Some(Lines {
        dnsmasq: format!("dhcp-option-force=176,\"{value}\""),
        dhcpd: ["option site-176 code 176 = text;".to_owned(), format!("option site-176 \"{value}\";")],
        kea: [
            "\"option-def\": [ { \"name\": \"site-176\", \"code\": 176, \"type\": \"string\" } ],".to_owned(),
            format!("\"option-data\": [ {{ \"name\": \"site-176\", \"data\": \"{escaped}\" }} ]"),
        ],
    })
}
