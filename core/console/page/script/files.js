// What the file servers beside the phones did, newest first.

import { by, count, matches, row, say } from "./element.js";
import * as server from "./server.js";

const SHOWN = 300;
const PACE = 1000;

export class Files {
  section = by("files");
  #transfers = [];
  #pace = null;

  constructor() {
    by("files-find").oninput = () => this.#show();
  }

  open() {
    this.#read();
    this.#pace = setInterval(() => this.#read(), PACE);
  }

  close() {
    clearInterval(this.#pace);
  }

  async #read() {
    try {
      const { transfers } = await server.json("/api/v1/served");
      const isSame = transfers.length === this.#transfers.length && transfers.at(-1)?.id === this.#transfers.at(-1)?.id;
      this.#transfers = transfers;
      by("files-empty").hidden = transfers.length > 0;
      say(by("files-count"), transfers.length > 0 ? `the last ${count(transfers.length, "transfer", "transfers")}` : "");
      if (!isSame) this.#show();
    } catch (why) {
      server.trouble(why);
    }
  }

  #show() {
    const wanted = by("files-find").value;
    const found = [];
    for (let at = this.#transfers.length - 1; at >= 0 && found.length < SHOWN; at -= 1) {
      const one = this.#transfers[at];
      const words = `${one.protocol} ${one.peer} ${one.action} ${one.asked} ${one.served ?? ""} ${one.outcome} ${one.why ?? ""}`;
      if (matches(wanted, words)) found.push(one);
    }
    by("files-rows").replaceChildren(...found.map(line));
  }
}

function line(one) {
  const outcome = one.why ? `${one.outcome}: ${one.why}` : one.outcome;
  const ms = (one.micros / 1000).toFixed(1);
  const time = new Date(one.time).toLocaleTimeString("en-GB");
  const file = one.served && !one.asked.endsWith(one.served) ? `${one.asked} → ${one.served}` : one.asked;
  return row([["time", time], one.protocol, one.peer, one.action, file, outcome, ["number", String(one.bytes)], ["number", ms]], { class: one.outcome });
}
