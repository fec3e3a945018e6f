//! The task that drives one phone.

use std::{sync::Arc, time::Duration};

use deskset_phone::Input;
use tokio::{
    sync::{broadcast, mpsc, oneshot, watch},
    time::MissedTickBehavior,
};

use super::{
    Glance, News, Seat,
    seat::{Condition, Order},
};
use crate::{
    Desk,
    limits::{ORDERS_WAITING_MAX, WAITS_MAX},
};

/// How often a screen is drawn anew for what time alone changes: the clock, the call timer.
const CLOCK: Duration = Duration::from_secs(1);

struct Work {
    desk: Desk,
    name: Arc<str>,
    orders: mpsc::Receiver<Order>,
    glances: watch::Sender<Arc<Glance>>,
    news: broadcast::Sender<News>,
    told: u64,
    waiting: Vec<(Condition, oneshot::Sender<Arc<Glance>>)>,
}

/// The outside of a phone on a floor, and the future that drives it.
pub(super) fn begin(desk: Desk, news: broadcast::Sender<News>) -> (Seat, impl Future<Output = ()>) {
    let name: Arc<str> = desk.phone().setup().name.clone();
    let (orders, given) = mpsc::channel(ORDERS_WAITING_MAX);
    let (glances, seen) = watch::channel(Arc::new(glance(&desk, 1)));
    let seat = Seat { name: name.clone(), orders, glances: seen };
    let work = Work { desk, name, orders: given, glances, news, told: 0, waiting: Vec::new() };
    (seat, work.run())
}

fn glance(desk: &Desk, number: u64) -> Glance {
    Glance { number, screen: desk.screen(), state: desk.phone().state() }
}

impl Work {
    async fn run(mut self) {
        let mut clock = tokio::time::interval(CLOCK);
        clock.set_missed_tick_behavior(MissedTickBehavior::Skip);
        loop {
            tokio::select! {
                order = self.orders.recv() => match order {
                    Some(order) => self.obey(order),
                    // Nobody can reach the phone any more.
                    None => return,
                },
                () = self.desk.step() => {}
                _ = clock.tick() => self.desk.input(Input::Tick),
            }
            self.show();
        }
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Hand(input, reply) => {
                self.desk.input(input);
                self.show();
                let _ = reply.send(self.seen());
            }
            Order::Ask(question) => question(&self.desk),
            Order::Until(condition, reply) => {
                self.waiting.retain(|(_, reply)| !reply.is_closed());
                // One too many is answered at once that it is in vain: its reply is dropped.
                if self.waiting.len() < WAITS_MAX {
                    self.waiting.push((condition, reply));
                }
            }
        }
    }

    fn seen(&self) -> Arc<Glance> {
        self.glances.borrow().clone()
    }

    /// Tells what has happened, shows what has changed, and answers those whose condition is met.
    fn show(&mut self) {
        for event in self.desk.events_after(self.told) {
            self.told += 1;
            // Nobody need be listening.
            let _ = self.news.send(News { phone: self.name.clone(), number: self.told, event: event.clone() });
        }
        self.glances.send_if_modified(|last| {
            let now = glance(&self.desk, last.number + 1);
            let changed = now.screen != last.screen || now.state != last.state;
            if changed {
                *last = Arc::new(now);
            }
            changed
        });
        if self.waiting.is_empty() {
            return;
        }
        let seen = self.seen();
        for (mut condition, reply) in std::mem::take(&mut self.waiting) {
            if reply.is_closed() {
                continue;
            }
            if condition(self.desk.phone()) {
                let _ = reply.send(seen.clone());
            } else {
                self.waiting.push((condition, reply));
            }
        }
    }
}
