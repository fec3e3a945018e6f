use deskset_files::site::newest_release;
use deskset_models::{Model, Release, Signaling};
use deskset_phone::{KnownApplication, Login, Policy, Setup, SubscribeSeparator};
use deskset_profiles::Profile;

use crate::{RuntimeError, push::address};

/// One phone that somebody wants, before its profile and model are put together.
#[derive(Clone, Debug)]
pub struct PhoneChoice {
    /// What the run calls it.
    pub name: String,
    /// The model, in any case.
    pub model: String,
    /// Its signaling.
    pub signaling: Signaling,
    /// Which of the profile's hardware addresses, from 0.
    pub index: u64,
    /// Who logs in as soon as the phone asks.
    pub login: Option<Login>,
    /// Values from DHCP, after those of the profile's site.
    pub site: Vec<(String, String)>,
    /// The release of the software it is delivered with; `None`: the profile's, or the newest.
    pub boot_release: Option<Release>,
}

impl PhoneChoice {
    /// A phone of that name, model and signaling.
    pub fn new(name: &str, model: &str, signaling: Signaling) -> Self {
        PhoneChoice {
            name: name.to_owned(),
            model: model.to_owned(),
            signaling,
            index: 0,
            login: None,
            site: Vec::new(),
            boot_release: None,
        }
    }

    /// The phone's setup under `profile`.
    pub fn setup(&self, profile: &Profile, model: Model) -> Result<Setup, RuntimeError> {
        let phones = &profile.phones;
        let newest = newest_release(&model, self.signaling)
            .ok_or_else(|| RuntimeError::Signaling { model: model.name().to_owned(), signaling: self.signaling })?;
        Ok(Setup {
            name: self.name.as_str().into(),
            model,
            signaling: self.signaling,
            group: phones.group,
            mac: phones.mac(self.index),
            boot_release: self.boot_release.or(phones.boot_release).unwrap_or(newest),
            manual: profile.manual.pairs().into(),
            address: address(phones.push_listen, self.index),
            site: profile.site.pairs().iter().chain(&self.site).cloned().collect(),
            login: self.login.clone(),
            applications: profile.applications.iter().map(known).collect(),
            policy: Policy {
                boot_rounds: phones.boot_rounds,
                error_shown: phones.error_shown,
                prompt: phones.prompt,
                strict_tps: phones.strict_tps,
                subscribe_separator: match phones.subscribe_with_plus {
                    true => SubscribeSeparator::Plus,
                    false => SubscribeSeparator::Ampersand,
                },
                page_bytes: phones.page_bytes,
                picture_bytes: phones.picture_bytes,
            },
            library: Default::default(),
        })
    }
}

fn known(application: &deskset_profiles::Application) -> KnownApplication {
    KnownApplication {
        name: application.name.to_string(),
        release: application.release,
        // The profile has checked that it is one.
        sha256: application.sha256.as_ref().and_then(|digits| digits.parse().ok()),
    }
}
