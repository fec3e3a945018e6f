//! Finds, checks and loads model plugins
