//! The 4610SW as a plugin
