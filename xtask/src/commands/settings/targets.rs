use deskset_files::settings::{Layer, Origin, Parameters, Target};
use deskset_host::Catalog;
use deskset_models::{Model, ParameterTable, Release, Signaling};
use deskset_profiles::Profile;
use deskset_runtime::RuntimeError;
use serde::Serialize;

use super::arguments::Phones;
use crate::CommandError;

impl Phones {
    /// Every model and signaling that has such software, as far as nothing else is asked for.
    pub(super) fn all<'c>(&self, profile: &Profile, catalog: &'c Catalog) -> Result<Vec<Target<'c>>, CommandError> {
        let models: Vec<&Model> = match &self.model {
            Some(name) => vec![catalog.model(name).map_err(RuntimeError::from)?],
            None => catalog.models().collect(),
        };
        let signalings = Signaling::ALL.into_iter().filter(|one| self.signaling.is_none_or(|only| only == *one));
        let kinds = signalings.flat_map(|signaling| models.iter().map(move |model| (*model, signaling)));
        let targets: Vec<_> = kinds.map(|(model, signaling)| self.target(profile, model, signaling)).collect();
        if targets.iter().any(Result::is_ok) {
            return Ok(targets.into_iter().flatten().collect());
        }
        // Nothing fits: why not is true for the first one, too.
        targets.into_iter().collect()
    }

    /// The profile's phone, unless another one or all are asked for.
    pub(super) fn one_or_all<'c>(
        &self,
        profile: &Profile,
        catalog: &'c Catalog,
    ) -> Result<Vec<Target<'c>>, CommandError> {
        if self.all_models {
            return self.all(profile, catalog);
        }
        let name = self.model.as_ref().unwrap_or(&profile.phones.model);
        let model = catalog.model(name).map_err(RuntimeError::from)?;
        Ok(vec![self.target(profile, model, self.signaling.unwrap_or(profile.phones.signaling))?])
    }

    fn target<'c>(
        &self,
        profile: &Profile,
        model: &'c Model,
        signaling: Signaling,
    ) -> Result<Target<'c>, CommandError> {
        let releases = model.under(signaling).map_or(&[][..], |rules| rules.releases.as_slice());
        let (Some(first), Some(newest)) = (releases.iter().min(), releases.iter().max()) else {
            return Err(RuntimeError::Signaling { model: model.name().to_owned(), signaling }.into());
        };
        let release = self.release.unwrap_or(*newest);
        if release < *first {
            let name = model.name();
            return Err(CommandError::Usage(format!(
                "the {name} has no {signaling} software of release {release}; the first one is {first}"
            )));
        }
        Ok(Target { model, signaling, release, group: self.group.unwrap_or(profile.phones.group) })
    }
}

/// What the profile has for a phone before it reads a file.
pub(super) fn given(profile: &Profile, target: &Target<'_>) -> Parameters {
    let mut given = Parameters::new(target.model);
    for (source, origin) in [(&profile.manual, Origin::Manual), (&profile.site, Origin::Dhcp)] {
        let pairs = source.pairs().iter().map(|(name, value)| (name.as_str(), value.as_str()));
        given.push(Layer::of(target.model, pairs, &origin).into());
    }
    given
}

/// The phone as reports name it.
#[derive(Serialize)]
pub(super) struct Phone<'m> {
    model: &'m str,
    signaling: Signaling,
    release: Release,
    group: u16,
}

impl<'m> Phone<'m> {
    pub(super) fn of(target: &Target<'m>) -> Phone<'m> {
        let Target { model, signaling, release, group } = *target;
        Phone { model: model.name(), signaling, release, group }
    }
}

/// The same for people.
pub(super) fn in_words(target: &Target<'_>) -> String {
    format!("{}, release {}, group {}", target.kind(), target.release, target.group)
}

/// What may be shown of values.
#[derive(Clone, Copy)]
pub(super) enum Secrets {
    Hidden,
    Shown,
}

impl Secrets {
    pub(super) fn shown(shown: bool) -> Secrets {
        if shown { Secrets::Shown } else { Secrets::Hidden }
    }

    /// The value, or stars; that a password is empty may be seen.
    pub(super) fn show<'v>(self, table: &ParameterTable, name: &str, value: &'v str) -> &'v str {
        match self {
            Secrets::Hidden if !value.is_empty() && table.is_secret(name) => STARS,
            _ => value,
        }
    }
}

/// What stands for a password.
pub(super) const STARS: &str = "***";
