//! TFTP as a machine without sockets, both ends
