//! The far side: TFTP, HTTP, HTTPS and FTP on one file tree
