/// Makes the library a plugin: exports its root module and how it was built.
///
/// To be used once, at the top of a `cdylib` whose `Cargo.toml` also lists `abi_stable` (the macro names it).
/// `models` are values of types that implement [`v1::PluginModel`](crate::v1::PluginModel); the expressions are
/// evaluated once, when the host asks for the models.
#[macro_export]
macro_rules! export_plugin {
    (id: $id:expr, version: $version:expr, vendor: $vendor:expr, models: [$($model:expr),+ $(,)?] $(,)?) => {
        const _: () = {
            struct ThisPlugin;

            impl $crate::v1::Plugin for ThisPlugin {
                fn identity() -> $crate::Identity {
                    $crate::Identity { id: ($id).into(), version: ($version).into(), vendor: ($vendor).into() }
                }

                fn models() -> ::std::vec::Vec<::std::boxed::Box<dyn $crate::v1::PluginModel>> {
                    ::std::vec![$(::std::boxed::Box::new($model)),+]
                }
            }

            #[::abi_stable::export_root_module]
            fn deskset_root() -> $crate::v1::PluginRootRef {
                $crate::v1::root::<ThisPlugin>()
            }

            // The host looks for this name before it calls anything: with `panic = "abort"` no guard works.
            #[cfg(panic = "abort")]
            #[unsafe(no_mangle)]
            #[allow(non_upper_case_globals)]
            pub static deskset_panic_abort: u8 = 1;
        };
    };
}
