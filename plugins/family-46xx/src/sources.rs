//! Titles of the documents that rows cite.

pub(crate) const BACKUP: &str = "LAN Administrator Guide 555-233-507 R2.7, Backup/Restore";
pub(crate) const CUSTOMIZING: &str = "LAN Administrator Guide 555-233-507 R2.7, customizing system parameters";
pub(crate) const ISSUE_4: &str = "LAN Administrator Guide 555-233-507 Issue 4";
pub(crate) const ISSUE_6: &str = "LAN Administrator Guide 555-233-507 Issue 6";
pub(crate) const ISSUE_7: &str = "LAN Administrator Guide 555-233-507 Issue 7, sample settings file";
pub(crate) const INSTALLATION: &str = "Installation Guide 555-233-128 Issue 6";
pub(crate) const API: &str = "4600 Series API Guide 16-300256 Issue 1";
pub(crate) const MIB: &str = "Avaya-46xxIPTelephone-MIB, through release 2.8";
/// Shared with younger series: likely, not proven for this one.
pub(crate) const TEMPLATE: &str = "settings template of 2022, younger series";
pub(crate) const RULE: &str = "project rule";
