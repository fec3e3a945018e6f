//! Phones and foreign servers: nginx, dnsmasq, vsftpd and others, installed by `cargo xtask test --peers`.
#![allow(missing_docs, clippy::unwrap_used)]
