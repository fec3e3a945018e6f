//! Clients on tokio: TFTP, HTTP, HTTPS, FTP
