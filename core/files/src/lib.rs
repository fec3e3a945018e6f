//! The languages of files: scripts, backup files, application files. No IO
