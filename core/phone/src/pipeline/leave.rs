//! What a leaving user leaves behind.
//!
//! Source: user guides, "Logging Off"; what stays is a project rule.

use deskset_files::backup::UserData;

use super::{Leaving, Phone, Running};
use crate::{EventKind, Output, Record, StoredUser, phone::Stage};

impl Phone {
    /// Options, Log Off, Yes. What is not yet on the server is sent there once more.
    pub(crate) fn log_off(&mut self) {
        if self.pipeline.leaving.is_some() {
            return;
        }
        if !self.in_use() {
            return self.refuse("logoff", "nobody is logged in");
        }
        if !self.administered().may_log_off() {
            return self.refuse("logoff", "the administrator does not let users log off (OPSTAT)");
        }
        self.pipeline.leaving = Some(Leaving::Asked);
        self.pipeline.retrieve_later = false;
        let Some(user) = &mut self.user else { return };
        // What was edited without Save is given up.
        (user.draft, user.editing) = (None, false);
        if self.pipeline.running.is_none() {
            self.go_on_leaving();
        }
    }

    /// Somebody takes the extension over at another phone: the user leaves without being asked, and without a further
    /// backup, which could overwrite what is saved over there (project rule).
    pub(crate) fn put_out(&mut self) {
        let clearing = matches!(self.stage, Stage::Clearing);
        let Some(user) = self.user.as_mut().filter(|_| self.pipeline.leaving.is_none() && !clearing) else { return };
        (user.draft, user.editing) = (None, false);
        let extension = user.extension.clone();
        self.pipeline.leaving = Some(Leaving::Tried);
        (self.pipeline.again, self.pipeline.retrieve_later) = (None, false);
        self.event(EventKind::PutOut { extension });
        if self.pipeline.running.is_none() {
            self.go_on_leaving();
        }
    }

    /// Nothing runs any more: once more to the server what is not there, then away.
    pub(super) fn go_on_leaving(&mut self) {
        let dirty = self.user.as_ref().is_some_and(|user| user.dirty && user.extension.is_some());
        if self.pipeline.leaving == Some(Leaving::Asked) && dirty && self.backs_up_by_itself() {
            self.pipeline.leaving = Some(Leaving::Tried);
            self.start_backup();
        } else {
            self.clear_away();
        }
    }

    /// Decides what stays of a leaving user (project rule): with a working backup nothing, the next login retrieves it;
    /// without one Speed Dial and labels, for the same extension only. A backup works if it came through and the next
    /// login looks for it and where it lies.
    fn clear_away(&mut self) {
        let safe = self.pipeline.saved
            && self.backs_up_by_itself()
            && self.retrieves_at_login()
            && self.is_at_the_administered_place()
            && self.user.as_ref().is_some_and(|user| !user.dirty);
        let Some(user) = &self.user else { return };
        let Some(extension) = user.extension.clone() else { return self.forget_login() };
        let left = (!safe).then(|| {
            let data = UserData { options: Default::default(), ..user.data().clone() };
            StoredUser { data: data.into(), dirty: user.dirty }
        });
        // Of who has nothing, nothing stays.
        let left = left.filter(|left| *left.data != UserData::default());
        let wish = self.new_wish();
        self.out(Output::Keep(wish, Record::User { extension, stored: left.clone() }));
        self.pipeline.runs(Running::KeepLeft { wish, left });
    }

    pub(super) fn user_left(&mut self, left: Option<StoredUser>) {
        if let Some(extension) = self.user.as_ref().and_then(|user| user.extension.clone()) {
            self.remember(extension, left);
        }
        self.forget_login();
    }

    fn forget_login(&mut self) {
        let wish = self.new_wish();
        self.out(Output::Keep(wish, Record::Login(None)));
        self.pipeline.runs(Running::KeepNobody { wish });
    }

    pub(super) fn nobody_kept(&mut self) {
        self.memory.login = None;
        self.pipeline = Default::default();
        self.leave();
    }
}
