//! The plugin boundary: frozen roots, the export macro, the panic guard
