//! The 4621SW as a plugin
