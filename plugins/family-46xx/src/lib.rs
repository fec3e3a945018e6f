//! What the 4600 series shares: option rows, parameter rows, names, texts
