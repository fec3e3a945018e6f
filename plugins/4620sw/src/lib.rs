//! The 4620SW as a plugin
