//! The vocabulary: what a phone model is, in plain documented types
