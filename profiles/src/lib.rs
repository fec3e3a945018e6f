//! Profiles: what the owner wants, in layers
