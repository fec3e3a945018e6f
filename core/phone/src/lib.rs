//! The phone as a value: boot, parameters, options, backup, screen. No IO
