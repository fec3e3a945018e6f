use std::{sync::Arc, time::Duration};

use deskset_phone::{Command, Input, Phone, Screen, State};
use tokio::sync::{mpsc, oneshot, watch};

use crate::{Desk, desk::rests};

/// What a person sees of a phone at one moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Glance {
    /// Counts what was seen from 1: two glances with one number are the same.
    pub number: u64,
    /// The screen.
    pub screen: Screen,
    /// What the phone is doing.
    pub state: State,
}

/// A phone on a floor, from outside. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Seat {
    pub(super) name: Arc<str>,
    pub(super) orders: mpsc::Sender<Order>,
    pub(super) glances: watch::Receiver<Arc<Glance>>,
}

/// What is asked of the task that drives a phone.
pub(super) enum Order {
    Hand(Input, oneshot::Sender<Arc<Glance>>),
    Ask(Question),
    Until(Condition, oneshot::Sender<Arc<Glance>>),
}

pub(super) type Question = Box<dyn FnOnce(&Desk) + Send>;
pub(super) type Condition = Box<dyn FnMut(&Phone) -> bool + Send>;

/// The phone was taken away.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the phone was taken away")]
pub struct Gone;

/// A condition was not met in time.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Late {
    /// The time is over; what the phone shows instead.
    #[error("not met in time")]
    Over(Arc<Glance>),
    /// There is no phone any more.
    #[error(transparent)]
    Gone(#[from] Gone),
}

impl Seat {
    /// The phone's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it shows now.
    pub fn glance(&self) -> Arc<Glance> {
        self.glances.borrow().clone()
    }

    /// To be told whenever what it shows changes; a slow watcher misses what lies between.
    pub fn watch(&self) -> watch::Receiver<Arc<Glance>> {
        self.glances.clone()
    }

    /// Hands the phone an input: power, a key, the hook, a call. Answers with what it shows right after.
    ///
    /// # Errors
    /// [`Gone`].
    pub async fn hand(&self, input: Input) -> Result<Arc<Glance>, Gone> {
        let (reply, answer) = oneshot::channel();
        self.order(Order::Hand(input, reply)).await?;
        answer.await.map_err(|_| Gone)
    }

    /// Somebody does something at the phone.
    ///
    /// # Errors
    /// [`Gone`].
    pub async fn command(&self, command: Command) -> Result<Arc<Glance>, Gone> {
        self.hand(Input::Command(command)).await
    }

    /// Asks something of the phone as it stands between two inputs.
    ///
    /// # Errors
    /// [`Gone`].
    pub async fn ask<T: Send + 'static>(&self, question: impl FnOnce(&Desk) -> T + Send + 'static) -> Result<T, Gone> {
        let (reply, answer) = oneshot::channel();
        let question = Box::new(move |desk: &Desk| {
            // Whoever asked may have gone.
            let _ = reply.send(question(desk));
        });
        self.order(Order::Ask(question)).await?;
        answer.await.map_err(|_| Gone)
    }

    /// Waits until `met` holds of the phone: looked at once, and after everything that happens to it.
    ///
    /// # Errors
    /// [`Late`].
    pub async fn until(
        &self,
        patience: Duration,
        met: impl FnMut(&Phone) -> bool + Send + 'static,
    ) -> Result<Arc<Glance>, Late> {
        let (reply, answer) = oneshot::channel();
        self.order(Order::Until(Box::new(met), reply)).await?;
        match tokio::time::timeout(patience, answer).await {
            Ok(Ok(glance)) => Ok(glance),
            Ok(Err(_)) => Err(Gone.into()),
            Err(_) => Err(Late::Over(self.glance())),
        }
    }

    /// Waits until it rests: in use with nothing under way, at its prompt, logged off or failed.
    ///
    /// # Errors
    /// [`Late`].
    pub async fn rest(&self, patience: Duration) -> Result<Arc<Glance>, Late> {
        self.until(patience, rests).await
    }

    async fn order(&self, order: Order) -> Result<(), Gone> {
        self.orders.send(order).await.map_err(|_| Gone)
    }
}
