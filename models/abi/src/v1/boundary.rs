#![allow(
    non_local_definitions,
    unused_braces,
    unused_qualifications,
    missing_docs,
    reason = "abi_stable's derives write such code; what is written by hand here is documented"
)]

use abi_stable::{
    StableAbi, declare_root_module_statics,
    library::RootModule,
    package_version_strings, sabi_trait,
    sabi_types::VersionStrings,
    std_types::{RArc, RBox, ROption, RResult, RStr, RString, RVec},
};

/// One model, seen from the host. Errors are sentences; one that begins with [`crate::PANIC_MARK`] was a panic.
#[sabi_trait]
pub trait Model: Send + Sync {
    /// The description as JSON (`deskset_models::Description`, unknown keys allowed).
    fn describe(&self) -> RResult<RString, RString>;

    /// The name of the file that `ask`, a `deskset_models::FileAsk` as JSON, speaks of; none: the table decides.
    fn file_name(&self, ask: RStr<'_>) -> RResult<ROption<RString>, RString>;

    /// Why `value` must not be stored under the row or parameter `name`; none: the table decides.
    fn check_value(&self, name: RStr<'_>, value: RStr<'_>) -> RResult<ROption<RString>, RString>;

    /// Room for what comes later without a new interface: `id` names a question, `input` is its JSON; none: this
    /// plugin does not know the question. No question is defined yet.
    #[sabi(last_prefix_field)]
    fn extension(&self, id: RStr<'_>, input: RStr<'_>) -> RResult<ROption<RString>, RString>;
}

/// A model on its way to the host.
pub type ModelBox = Model_TO<'static, RBox<()>>;

/// What the host does for plugins.
#[sabi_trait]
pub trait HostServices: Send + Sync + Clone {
    /// Writes `message` to the host's log. Levels: 1 error, 2 warning, 3 information, 4 debugging, 5 tracing.
    ///
    /// A library has its own copy of every static, so an event given to `tracing` inside a plugin is lost.
    #[sabi(last_prefix_field)]
    fn log(&self, level: u8, message: RStr<'_>);
}

/// The host's services as one handle for all models of a plugin.
pub type HostBox = HostServices_TO<'static, RArc<()>>;

/// What a library exports.
#[repr(C)]
#[derive(StableAbi)]
#[sabi(kind(Prefix(prefix_ref = PluginRootRef)))]
#[sabi(missing_field(panic))]
pub struct PluginRoot {
    /// [`crate::Identity`] as JSON.
    pub identity: extern "C" fn() -> RResult<RString, RString>,
    /// All models of the plugin. The host asks once.
    #[sabi(last_prefix_field)]
    pub models: extern "C" fn(HostBox) -> RResult<RVec<ModelBox>, RString>,
}

impl RootModule for PluginRootRef {
    declare_root_module_statics! {PluginRootRef}
    const BASE_NAME: &'static str = "deskset_plugin";
    const NAME: &'static str = "deskset_plugin";
    const VERSION_STRINGS: VersionStrings = package_version_strings!();
}
