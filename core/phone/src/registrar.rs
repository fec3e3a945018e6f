use std::{collections::BTreeMap, sync::Arc};

use deskset_models::{Extension, Secret};

use crate::{RefusedWhy, Register};

/// The far side of a registration, as a value: the extensions of a lab, their passwords, and who has which.
///
/// Carriers ask it in process; no wire protocol is made up for it. Gatekeepers and registrars on the wire are another
/// room's affair.
#[derive(Clone, Debug, Default)]
pub struct Registrar {
    extensions: BTreeMap<Extension, Line>,
    /// What each phone has: to look through all extensions would cost many phones dear.
    held: BTreeMap<Arc<str>, Extension>,
}

#[derive(Clone, Debug)]
struct Line {
    password: Secret,
    /// The phone that has it now.
    held_by: Option<Arc<str>>,
}

impl Registrar {
    /// A registrar that knows nobody.
    pub fn new() -> Self {
        Registrar::default()
    }

    /// Lets `extension` in with `password`.
    pub fn allow(&mut self, extension: Extension, password: Secret) {
        let before = self.extensions.insert(extension, Line { password, held_by: None });
        if let Some(phone) = before.and_then(|line| line.held_by) {
            self.held.remove(&phone);
        }
    }

    /// Takes `phone` in, or says why not. Answers with who was put out for it, if it takes an extension over:
    /// [`crate::Input::PutOut`] is to be handed to that phone. A registration without a name is always taken: its user
    /// can only call out.
    ///
    /// # Errors
    /// Why not.
    pub fn register(&mut self, phone: &Arc<str>, ask: &Register) -> Result<Option<Arc<str>>, RefusedWhy> {
        let Some(extension) = &ask.extension else { return Ok(None) };
        let line = self.extensions.get_mut(extension).ok_or(RefusedWhy::UnknownExtension)?;
        if line.password != ask.password {
            return Err(RefusedWhy::WrongPassword);
        }
        let other = match &line.held_by {
            Some(other) if other == phone => return Ok(None),
            Some(_) if !ask.takes_over => return Err(RefusedWhy::InUse),
            _ => line.held_by.replace(phone.clone()),
        };
        if let Some(other) = &other {
            self.held.remove(other);
        }
        // One that registers anew has left what it had before.
        let before = self.held.insert(phone.clone(), extension.clone());
        self.release(before);
        Ok(other)
    }

    /// `phone` leaves.
    pub fn unregister(&mut self, phone: &str) {
        let held = self.held.remove(phone);
        self.release(held);
    }

    fn release(&mut self, extension: Option<Extension>) {
        if let Some(line) = extension.and_then(|extension| self.extensions.get_mut(&extension)) {
            line.held_by = None;
        }
    }
}
