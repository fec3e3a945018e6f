use deskset_host::Catalog;
use deskset_runtime::RuntimeError;
use serde_json::json;

use super::profile;
use crate::{
    CommandError, Exit,
    arguments::{Plugin, PluginList, PluginShow},
    plugins, show,
};

pub(crate) fn run(asked: &Plugin) -> Result<Exit, CommandError> {
    match asked {
        Plugin::List(asked) => list(asked),
        Plugin::Show(asked) => show_model(asked),
    }
}

/// Refused libraries make the list a failure: somebody put them there to be loaded.
fn list(asked: &PluginList) -> Result<Exit, CommandError> {
    let catalog = plugins::catalog(&profile(&asked.common, &[])?)?;
    if asked.common.json {
        let refused: Vec<_> = catalog
            .refusals()
            .iter()
            .map(|refusal| json!({ "path": refusal.path, "why": refusal.to_string() }))
            .collect();
        show::json(&json!({ "schema": "deskset-plugins-1", "plugins": catalog.plugins(), "refused": refused }))?;
    } else {
        for plugin in catalog.plugins() {
            say!("{:<16} {:<8} {:<10} {}", plugin.id, plugin.version, plugin.vendor, plugin.models.join(", "));
        }
    }
    Ok(if catalog.refusals().is_empty() { Exit::Fine } else { Exit::Failed })
}

fn show_model(asked: &PluginShow) -> Result<Exit, CommandError> {
    let catalog: Catalog = plugins::catalog(&profile(&asked.common, &[])?)?;
    let model = catalog.model(&asked.model).map_err(RuntimeError::from)?;
    if asked.common.json {
        show::json(&json!({ "schema": "deskset-model-1", "model": catalog.document(model) }))?;
        return Ok(Exit::Fine);
    }
    let tables = model.tables();
    say!("{}  {} ({})", model.name(), tables.model_id, tables.model4);
    for (signaling, rules) in &tables.signaling {
        let releases: Vec<String> = rules.releases.iter().map(ToString::to_string).collect();
        say!("  {signaling:<6} SIG {}  releases {}", rules.sig, releases.join(", "));
    }
    say!("  upgrade script  {}", tables.files.upgrade_script);
    for (signaling, name) in &tables.files.backup {
        say!("  backup file     {name}  ({signaling})");
    }
    let display = &tables.display;
    let (width, height, columns, rows) = (display.width, display.height, display.columns, display.rows);
    say!("  display         {width} x {height} pixels, {columns} x {rows} cells");
    say!("  speed dial      {} entries", tables.speed_dial.entries);
    say!("  options");
    for row in &tables.options.rows {
        let carried = if row.carried { "  (carried for other models)" } else { "" };
        say!("    {:<40} {}{carried}", row.name, row.values.in_words());
    }
    say!("  parameters      {}; see --json", tables.parameters.rows.len());
    Ok(Exit::Fine)
}
