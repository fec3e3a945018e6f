use std::collections::BTreeMap;

use deskset_files::settings::{Files, Origin, Target};
use deskset_profiles::Profile;
use serde::Serialize;

use super::{
    arguments::Eval,
    reading,
    targets::{Phone, Secrets, given},
};
use crate::{CommandError, Exit, commands::profile, plugins, show};

#[derive(Serialize)]
struct Report<T> {
    schema: &'static str,
    #[serde(flatten)]
    content: T,
}

#[derive(Serialize)]
struct All<'m> {
    phones: Vec<Evaluated<'m>>,
}

/// One phone, with what files set and nothing else.
#[derive(Serialize)]
struct Evaluated<'m> {
    #[serde(flatten)]
    phone: Phone<'m>,
    parameters: BTreeMap<String, Set>,
}

#[derive(Serialize)]
struct Set {
    value: String,
    file: String,
    line: u32,
}

pub(super) fn run(asked: &Eval) -> Result<Exit, CommandError> {
    let files = reading::files(&asked.files)?;
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let secrets = Secrets::shown(asked.show_secrets);
    let targets = asked.phones.one_or_all(&profile, &catalog)?;
    let phones = targets.iter().map(|target| evaluated(&files, target, &profile, secrets));
    let schema = "deskset-settings-1";
    if asked.phones.all_models {
        show::json(&Report { schema, content: All { phones: phones.collect() } })?;
    } else {
        phones.into_iter().try_for_each(|content| show::json(&Report { schema, content }))?;
    }
    Ok(Exit::Fine)
}

fn evaluated<'m>(files: &Files, target: &Target<'m>, profile: &Profile, secrets: Secrets) -> Evaluated<'m> {
    let evaluation = files.evaluate(target, given(profile, target));
    let table = &target.model.tables().parameters;
    let set = evaluation.parameters.iter().filter_map(|(name, parameter)| {
        let Origin::File { file, line } = &parameter.origin else { return None };
        let value = secrets.show(table, name, &parameter.value).to_owned();
        Some((name.to_owned(), Set { value, file: file.to_string(), line: *line }))
    });
    Evaluated { phone: Phone::of(target), parameters: set.collect() }
}
