//! The phone as a value.
//!
//! Nothing here opens a socket, reads a clock or draws a random number. A carrier (the runtime over real sockets, the
//! simulator in virtual time) hands over [`Input`]s and carries out [`Output`]s:
//!
//! ```text
//!            ┌───────────────┐  Fetch, Store, Retrieve, Register, Keep   ┌─────────┐
//!  keys ────▶│     Phone     │──────────────────────────────────────────▶│ carrier │
//!  time ────▶│ stage, memory │◀──────────────────────────────────────────│         │
//!            └──────┬────────┘  FileArrived, Stored, Registered, Kept …   └─────────┘
//!                   └─▶ events, screen
//! ```
//!
//! Start reading at [`Phone`], then `boot`.

mod administered;
mod applications;
mod audio;
mod backlight;
mod boot;
mod call;
mod calls;
mod entry;
mod event;
mod input;
mod key;
pub mod limits;
mod login;
mod memory;
mod output;
mod phone;
mod pipeline;
mod procedures;
mod push;
mod rare;
mod registrar;
mod screen;
mod servers;
mod setup;
mod time;
mod web;

pub use administered::Administered;
pub use audio::{PlayAudio, Tone};
pub use call::{CallNews, CallState, Hook, NoSuchCallState};
pub use calls::{Feature, FeatureState, Lamps, LoggedCall, Which};
/// What carriers and phones say to each other about the web and about push.
pub use deskset_browser as browser;
pub use deskset_files::application::Fingerprint;
pub use deskset_files::settings::{Library, Origin, Parameter, Parameters, names};
pub use deskset_models::effects;
pub use event::{Event, EventKind, Step};
pub use input::{BackupReason, Command, FetchReason, Input, RefusedWhy};
pub use key::{Digit, Key, NoSuchKey, Side};
pub use memory::{Checked, Login, Memory, Record, StoredApplication, StoredUser};
pub use output::{Fetch, FtpAccount, HttpPlace, Output, Place, Purpose, PushDoor, Register, Transfer, WishId};
pub use phone::{Phone, State};
pub use pipeline::{BackupStatus, LastTransfer};
pub use push::{PushCell, PushEffect, PushId, PushRequest, PushState, PushStatus};
pub use registrar::Registrar;
pub use screen::{
    Cell, Field, Glyph, Half, Icon, Image, Marks, NoSheet, Page, RECTANGLE, Screen, Shade, View, Zone, can_show,
};
pub use servers::{Protocol, Server};
pub use setup::{KnownApplication, Policy, Setup, SubscribeSeparator};
pub use time::Time;
pub use web::{Credentials, Proxy, WebRequest};
