//! Drives phones over real sockets; state on disk; the registrar
