//! Drives phones in virtual time
