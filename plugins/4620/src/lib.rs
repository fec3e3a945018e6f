//! The 4620 as a plugin
