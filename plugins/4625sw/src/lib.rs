//! The 4625SW as a plugin
