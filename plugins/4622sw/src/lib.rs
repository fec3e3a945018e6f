//! The 4622SW as a plugin
