// What happens to all phones, newest first.

import { by, clock, count, element, matches, paced, row, say } from "./element.js";
import * as server from "./server.js";

const KEPT = 2000;
const SHOWN = 200;
// Of more phones than this only what happens from now on is told.
const HISTORIES = 50;

export class Timeline {
  section = by("timeline");
  #events = [];
  #seen = 0;
  #isOpen = false;
  #hasHistory = false;
  #list = paced(250, () => this.#show());

  constructor() {
    by("timeline-find").oninput = () => this.#list();
    by("timeline-pause").onchange = () => this.#list();
  }

  open() {
    this.#isOpen = true;
    this.#list();
  }

  close() {
    this.#isOpen = false;
  }

  take(event) {
    this.#seen += 1;
    this.#events.push(event);
    if (this.#events.length > KEPT * 1.5) this.#events = this.#events.slice(-KEPT);
    if (this.#isOpen) this.#list();
  }

  /** What happened before the page was opened, once. */
  async phones(phones) {
    if (this.#hasHistory || phones.length === 0) return;
    this.#hasHistory = true;
    const lists = await Promise.all(
      phones.slice(0, HISTORIES).map((phone) => server.ofPhone(phone.name, "/events").catch(() => ({ events: [] }))),
    );
    const all = new Map([...lists.flatMap((list) => list.events), ...this.#events].map((event) => [`${event.phone} ${event.number} ${event.t_ms}`, event]));
    this.#events = [...all.values()].sort((one, other) => one.t_ms - other.t_ms).slice(-KEPT);
    this.#seen = Math.max(this.#seen, this.#events.length);
    this.#list();
  }

  #show() {
    if (!this.#isOpen || by("timeline-pause").checked) return;
    const wanted = by("timeline-find").value;
    const found = [];
    for (let at = this.#events.length - 1; at >= 0 && found.length < SHOWN; at -= 1) {
      const event = this.#events[at];
      if (matches(wanted, `${event.phone} ${event.step} ${event.detail}`)) found.push(event);
    }
    say(by("timeline-count"), count(this.#seen, "event", "events"));
    const link = (name) => element("a", { href: `#/phone/${encodeURIComponent(name)}` }, name);
    by("timeline-rows").replaceChildren(
      ...found.map((event) => row([["time", clock(event.t_ms)], link(event.phone), event.step, event.detail], { class: event.step })),
    );
  }
}
