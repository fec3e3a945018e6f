/// Why a description cannot be used. `Display` gives the sentence.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the sentence beside each variant says it")]
pub enum Flaw {
    #[error("it has no name")]
    NoName,
    #[error("its form is version {0}, newer than the {max} this program knows; update Deskset", max = crate::DESCRIPTION_SCHEMA)]
    NewerSchema(u32),
    #[error("it has no signaling: list h323, sip or both")]
    NoSignaling,
    #[error("the upgrade script's name is missing or wrong: {0}")]
    UpgradeScript(crate::NameError),
    #[error("{0} has a release list but no backup file name")]
    NoBackupName(crate::Signaling),
    #[error("the backup file name \"{0}\" has no {{ext}} in it, so all users would share one file")]
    BackupWithoutExtension(String),
    #[error("the backup file name \"{0}\" is not usable: {1}")]
    BackupName(String, crate::NameError),
    #[error("the option row \"{0}\" stands twice")]
    TwiceNamed(String),
    #[error("the option row \"{0}\" has a name that a backup file cannot hold: no `=`, line ends or outer blanks")]
    RowName(String),
    #[error("the option row \"{0}\" accepts no value at all")]
    Impossible(String),
    #[error("the default \"{1}\" of \"{0}\" is not among its own values")]
    Default(String, String),
    #[error("the parameter row \"{0}\" stands twice")]
    ParameterTwice(String),
    #[error("{count} cells of {cell} pixels do not fit on {pixels} pixels")]
    Cells { count: u16, cell: u16, pixels: u16 },
    #[error("the display has no rows, columns or pixels")]
    NoDisplay,
    #[error("the zones reach row {row}, but there are only {rows} rows")]
    Zone { row: u16, rows: u16 },
}
