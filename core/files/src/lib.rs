//! The languages of files: scripts, backup files, application files, and the rules every file tree follows. No IO.

pub mod tree;
