//! The one place that opens libraries and speaks abi_stable.

use std::{mem::ManuallyDrop, path::Path};

use abi_stable::{
    library::{AbiHeader, AbiHeaderRef, LibHeader, LibraryError, ROOT_MODULE_LOADER_NAME_WITH_NUL, RootModuleError},
    sabi_trait::TD_Opaque,
    std_types::{RResult, RString},
};
use deskset_abi::{
    PANIC_MARK,
    v1::{HostServices_TO, ModelBox, PluginRootRef},
};
use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};

use crate::{
    limits::DOCUMENT_BYTES_MAX,
    refusal::{RefusalKind, words},
    services::Services,
};

/// A library that was opened and whose root fits the interface.
pub(crate) struct Root {
    root: PluginRootRef,
    /// Version of its `deskset-abi`.
    pub(crate) interface: String,
}

/// Opens the library at `path`, which [`crate::elf::check`] found sound.
///
/// `RootModule::load_from_file` is no way to do this: it keeps one root per type, so a second plugin would silently be
/// the first.
pub(crate) fn open(path: &Path) -> Result<Root, RefusalKind> {
    // SAFETY: opening runs the library's initialisers. A plugin has the rights of this program anyway; that the file
    // is a whole library for this machine was checked.
    let library = unsafe { Library::open(Some(path), RTLD_NOW | RTLD_LOCAL) };
    let library = library.map_err(|wrong| RefusalKind::Unopened(words(reason(&wrong))))?;
    // Never closed: vtables and texts of the models live in it.
    let library = ManuallyDrop::new(library);
    // SAFETY: whoever exports this name exports a header of abi_stable; its first bytes say so and are compared by
    // `upgrade` before anything else is read.
    let header = unsafe { library.get::<AbiHeaderRef>(ROOT_MODULE_LOADER_NAME_WITH_NUL.as_bytes()) };
    let header = *header.map_err(|_| RefusalKind::NoRoot)?;
    let header = header.upgrade().map_err(|wrong| refused(&wrong, "unknown"))?;
    // A newer interface would be tried here first.
    v1(header)
}

fn v1(header: &'static LibHeader) -> Result<Root, RefusalKind> {
    let interface = header.version_strings().version.as_str().to_owned();
    let root = header.init_root_module::<PluginRootRef>().map_err(|wrong| refused(&wrong, &interface))?;
    Ok(Root { root, interface })
}

impl Root {
    /// The plugin's identity as JSON.
    pub(crate) fn identity(&self) -> Result<String, RefusalKind> {
        text("identity", self.root.identity()())
    }

    /// The plugin's models.
    pub(crate) fn models(&self, services: Services) -> Result<Vec<ModelBox>, RefusalKind> {
        let host = HostServices_TO::from_ptr(abi_stable::std_types::RArc::new(services), TD_Opaque);
        Ok(answer("models", self.root.models()(host))?.into_vec())
    }
}

/// The description of `model` as JSON.
pub(crate) fn describe(model: &ModelBox) -> Result<String, RefusalKind> {
    text("describe", model.describe())
}

fn text(function: &'static str, told: RResult<RString, RString>) -> Result<String, RefusalKind> {
    let text = answer(function, told)?;
    if text.len() > DOCUMENT_BYTES_MAX {
        let why = format!("its answer has {} bytes, at most {DOCUMENT_BYTES_MAX} are read", text.len());
        return Err(RefusalKind::Failed { function, why });
    }
    Ok(text.into_string())
}

fn answer<T>(function: &'static str, told: RResult<T, RString>) -> Result<T, RefusalKind> {
    told.into_result().map_err(|why| match why.strip_prefix(PANIC_MARK) {
        Some(panic) => RefusalKind::Panicked { function, why: words(panic) },
        None => RefusalKind::Failed { function, why: words(why) },
    })
}

/// libloading's own words are "dlopen failed"; the reason is in the cause.
fn reason(wrong: &libloading::Error) -> String {
    std::error::Error::source(wrong).map_or_else(|| wrong.to_string(), ToString::to_string)
}

fn refused(wrong: &LibraryError, interface: &str) -> RefusalKind {
    // abi_stable compares every type; the whole list is for the maker of the plugin.
    tracing::debug!("{wrong}");
    let version = interface.to_owned();
    match wrong {
        LibraryError::InvalidAbiHeader(found) => RefusalKind::OtherAbiStable {
            found: words(format!("{}.{}", found.abi_major, found.abi_minor)),
            here: format!("{}.{}", AbiHeader::VALUE.abi_major, AbiHeader::VALUE.abi_minor),
        },
        LibraryError::IncompatibleVersionNumber { expected_version, actual_version, .. } => {
            let why = format!("{actual_version} is not compatible with {expected_version}");
            RefusalKind::OtherInterface { version, why }
        }
        LibraryError::RootModule { err: RootModuleError::Unwound, .. } => {
            RefusalKind::Panicked { function: "root", why: "without words".to_owned() }
        }
        LibraryError::RootModule { err: RootModuleError::Returned(why), .. } => {
            RefusalKind::Failed { function: "root", why: words(why) }
        }
        LibraryError::AbiInstability(_) => {
            RefusalKind::OtherInterface { version, why: "its types are laid out differently".to_owned() }
        }
        other => RefusalKind::OtherInterface { version, why: words(other) },
    }
}
