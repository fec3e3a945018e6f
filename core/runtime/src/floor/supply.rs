use deskset_models::{Extension, Model, Secret, Signaling};
use deskset_phone::{Login, Setup};
use deskset_profiles::Profile;

use crate::{PhoneChoice, RuntimeError};

/// What phones are made from while a floor is open: the models, the profile, what DHCP tells.
#[derive(Clone, Debug)]
pub struct Supply {
    /// Every model there is.
    pub models: Vec<Model>,
    /// Policies, hardware addresses, extensions.
    pub profile: Profile,
    /// Parameters and values from DHCP.
    pub site: Vec<(String, String)>,
}

/// A phone somebody asks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Its name, unique on the floor.
    pub name: String,
    /// Its model in any case; `None`: the profile's.
    pub model: Option<String>,
    /// `None`: the profile's.
    pub signaling: Option<Signaling>,
    /// Who logs in as soon as the phone asks; nobody if it is not given.
    pub extension: Option<Extension>,
    /// `None`: the profile knows it.
    pub password: Option<Secret>,
    /// Which of the profile's hardware addresses.
    pub index: u64,
}

impl Supply {
    /// The setup of a phone.
    ///
    /// # Errors
    /// No such model, no such software for it, or an extension whose password nobody knows.
    pub fn setup(&self, wanted: &Wanted) -> Result<Setup, RuntimeError> {
        let phones = &self.profile.phones;
        let name = wanted.model.as_ref().unwrap_or(&phones.model);
        let model = self.models.iter().find(|model| model.name().eq_ignore_ascii_case(name));
        let model = model.ok_or_else(|| RuntimeError::NoSuchModel {
            name: name.clone(),
            known: self.models.iter().map(Model::name).collect::<Vec<_>>().join(", "),
        })?;
        let signaling = wanted.signaling.unwrap_or(phones.signaling);
        let mut choice = PhoneChoice::new(&wanted.name, model.name(), signaling);
        choice.index = wanted.index;
        choice.site.clone_from(&self.site);
        choice.login = wanted.extension.as_ref().map(|extension| self.login(extension, wanted)).transpose()?;
        choice.setup(&self.profile, model.clone())
    }

    fn login(&self, extension: &Extension, wanted: &Wanted) -> Result<Login, RuntimeError> {
        let known = || self.profile.extensions.get(extension).cloned();
        let password = wanted.password.clone().or_else(known);
        let password = password.ok_or_else(|| RuntimeError::NoPassword { extension: extension.clone() })?;
        Ok(Login { extension: extension.clone(), password })
    }
}
