//! Told at the console's page: with the keys of the computer where it has one for the phone's, else by a click.

use std::net::SocketAddr;

use tokio::runtime::Runtime;

use crate::{
    driver::{Browser, ESCAPE, F1, F2, F3, F4, Look},
    telling::{Teller, below_top_line},
};

/// Nothing of the page is out of sight.
const WINDOW: (u16, u16) = (1500, 1150);

pub struct InBrowser {
    runtime: Runtime,
    browser: Browser,
    phone: String,
}

impl InBrowser {
    pub fn open(console: SocketAddr) -> InBrowser {
        let runtime = Runtime::new().unwrap();
        let browser = runtime.block_on(Browser::open(console.port(), WINDOW, Look::Light));
        InBrowser { runtime, browser, phone: String::new() }
    }

    /// The page asked nobody else for anything, and the browser had nothing to complain of.
    pub fn close(self) {
        self.runtime.block_on(async {
            self.browser.stayed_at_home().await;
            self.browser.close().await;
        });
    }
}

impl Teller for InBrowser {
    fn phone(&mut self, model: &str) {
        // A phone of the same name would remember who was there.
        model.clone_into(&mut self.phone);
        self.runtime.block_on(async {
            self.browser.click("#new-phone").await;
            self.browser.until("document.querySelector('#new-dialog').open").await;
            self.browser.fill("#new-form [name=name]", model).await;
            let choose = format!(
                "const model = document.querySelector('#new-form [name=model]'); model.value = {model:?}; \
                 model.dispatchEvent(new Event('change'))"
            );
            self.browser.run(&choose).await;
            self.browser.click("#new-form [type=submit]").await;
            self.browser.until("document.querySelector('#set canvas')?.drawn").await;
        });
    }

    fn wait(&mut self, text: &str) {
        self.runtime.block_on(self.browser.sees("#phone-rows", text));
    }

    fn settle(&mut self) {
        // The page says that it is ready, too, but may not have heard yet that a save has begun: the phone is asked, and
        // the page must have come as far.
        let wait = format!(
            "fetch('/api/v1/phones/{}/wait', {{ method: 'POST', headers: {{ 'Content-Type': 'application/json' }}, \
             body: JSON.stringify({{ state: 'ready', settled: true }}) }}).then((answer) => answer.json()).then(done)",
            self.phone
        );
        let settled = self.runtime.block_on(self.browser.run_until_done(&wait));
        let seen = format!("document.querySelector('#phone-rows').number >= {}", settled["number"].as_u64().unwrap());
        self.runtime.block_on(self.browser.until(&seen));
    }

    fn keys(&mut self, keys: &[&str]) {
        for key in keys {
            let of_computer = match *key {
                "soft1" => F1,
                "soft2" => F2,
                "soft3" => F3,
                "soft4" => F4,
                "phone-exit" => ESCAPE,
                sign if sign.len() == 1 => sign,
                other => {
                    self.runtime.block_on(self.browser.click(&format!("[data-key={other}]")));
                    continue;
                }
            };
            self.runtime.block_on(self.browser.keys(of_computer));
        }
    }

    fn text(&mut self, text: &str) {
        self.runtime.block_on(self.browser.keys(text));
    }

    fn look(&mut self) -> Vec<String> {
        let rows = self.runtime.block_on(self.browser.run("return document.querySelector('#phone-rows').textContent"));
        below_top_line(rows.as_str().unwrap().split('\n').map(str::to_owned))
    }

    fn leave(&mut self) {
        self.runtime.block_on(async {
            self.browser.click("#phone-remove").await;
            self.browser.click("#remove-form [type=submit]").await;
            self.browser.until("!document.querySelector('#wall-empty').hidden").await;
        });
    }
}
