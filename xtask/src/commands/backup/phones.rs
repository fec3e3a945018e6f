use deskset_files::backup::BackupPhone;
use deskset_host::Catalog;
use deskset_models::{Model, Signaling};
use deskset_runtime::RuntimeError;
use serde::Serialize;

use super::arguments::Reader;
use crate::CommandError;

/// Every model under each signaling that it has software for.
pub(super) fn known(catalog: &Catalog) -> Vec<BackupPhone<'_>> {
    BackupPhone::all_of(catalog.models())
}

/// The phone of that name.
pub(super) fn named<'c>(
    catalog: &'c Catalog,
    model: &str,
    signaling: Signaling,
) -> Result<BackupPhone<'c>, CommandError> {
    let model: &Model = catalog.model(model).map_err(RuntimeError::from)?;
    let phone = BackupPhone { model, signaling };
    if phone.is_sold() {
        Ok(phone)
    } else {
        Err(RuntimeError::Signaling { model: model.name().to_owned(), signaling }.into())
    }
}

impl Reader {
    /// The phones that a file is for: those that ask for its name, of those that were asked for. If none does, all of
    /// them.
    pub(super) fn all<'c>(&self, catalog: &'c Catalog, file: &str) -> Result<Vec<BackupPhone<'c>>, CommandError> {
        let mut phones = match (&self.model, self.signaling) {
            (Some(model), Some(signaling)) => vec![named(catalog, model, signaling)?],
            (Some(model), None) => {
                let model = catalog.model(model).map_err(RuntimeError::from)?;
                known(catalog).into_iter().filter(|phone| phone.model.name() == model.name()).collect()
            }
            (None, _) => known(catalog),
        };
        phones.retain(|phone| self.signaling.is_none_or(|only| only == phone.signaling));
        let owners: Vec<_> = phones.iter().copied().filter(|phone| phone.owner(file).is_some()).collect();
        Ok(if owners.is_empty() { phones } else { owners })
    }

    /// The one that knows most of a file: models that share one differ in what they have.
    pub(super) fn one<'c>(&self, catalog: &'c Catalog, file: &str) -> Result<BackupPhone<'c>, CommandError> {
        let phones = self.all(catalog, file)?;
        let is_told = self.model.is_some() || phones.iter().any(|phone| phone.owner(file).is_some());
        let most = BackupPhone::knowing_most(phones.into_iter().filter(|_| is_told));
        most.ok_or_else(|| {
            CommandError::Usage(format!("{file}: the name does not tell which phone reads the file; give --model"))
        })
    }
}

/// The phone as reports name it.
#[derive(Serialize)]
pub(super) struct Phone<'m> {
    model: &'m str,
    signaling: Signaling,
}

impl<'m> Phone<'m> {
    pub(super) fn of(phone: &BackupPhone<'m>) -> Phone<'m> {
        Phone { model: phone.model.name(), signaling: phone.signaling }
    }
}
