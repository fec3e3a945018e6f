// Users' backup files: versions, text, and what each version means that the one before did not.

import { by, count, element, row, say } from "./element.js";
import * as server from "./server.js";

const PACE = 2000;

export class Backups {
  section = by("backups");
  #files = new Map();
  #told = "";
  #chosen = null;
  #pace = null;

  constructor() {
    by("backup-version").onchange = () => {
      this.#chooseBefore();
      this.#show();
    };
    by("backup-since").onchange = () => this.#show();
  }

  open(name) {
    this.#chosen = name ?? null;
    this.#told = "";
    this.#read();
    this.#pace = setInterval(() => this.#read(), PACE);
  }

  close() {
    clearInterval(this.#pace);
  }

  happened(event) {
    if (event.step === "save") this.#read();
  }

  async #read() {
    try {
      const { backups } = await server.json("/api/v1/backups");
      const told = JSON.stringify(backups);
      if (told === this.#told) return;
      this.#told = told;
      this.#files = Map.groupBy(backups, (file) => baseOf(file.name));
      for (const versions of this.#files.values()) versions.sort((one, other) => age(one.name) - age(other.name));
      this.#list();
    } catch (why) {
      server.trouble(why);
    }
  }

  #list() {
    const names = [...this.#files.keys()];
    by("backups-empty").hidden = names.length > 0;
    say(by("backups-count"), names.length > 0 ? count(names.length, "user's file", "users' files") : "");
    if (!this.#files.has(this.#chosen)) this.#chosen = names[0] ?? null;
    const link = (name) => {
      const versions = this.#files.get(name).length;
      const here = name === this.#chosen ? "page" : undefined;
      return element("li", {}, element("a", { href: `#/backups/${encodeURIComponent(name)}`, "aria-current": here }, name, element("span", { class: "facts" }, count(versions, "version", "versions"))));
    };
    by("backups-files").replaceChildren(...names.map(link));
    by("backup").hidden = this.#chosen === null;
    if (this.#chosen === null) return;
    say(by("backup-title"), this.#chosen);
    const versions = this.#files.get(this.#chosen);
    by("backup-version").replaceChildren(...versions.map((one) => new Option(wordsOf(one), one.name)));
    by("backup-since").replaceChildren(...versions.map((one) => new Option(wordsOf(one), one.name)), new Option("nothing", ""));
    this.#chooseBefore();
    this.#show();
  }

  /** The version before the shown one, or nothing. */
  #chooseBefore() {
    by("backup-since").selectedIndex = by("backup-version").selectedIndex + 1;
  }

  async #show() {
    const [version, since] = [by("backup-version").value, by("backup-since").value];
    const path = `/api/v1/backups/${encodeURIComponent(version)}`;
    try {
      say(by("backup-text"), await server.text(path));
      const query = since ? `?since=${encodeURIComponent(since)}` : "";
      const { read_by: reader, differences } = await server.json(`${path}/differences${query}`);
      say(by("backup-reader"), `as a ${reader} reads it`);
      by("backup-same").hidden = differences.length > 0;
      const value = (name, text) => (text === null ? "–" : element(name, {}, text === "" ? '""' : text));
      by("backup-differences").replaceChildren(...differences.map((one) => row([one.what, value("del", one.old), value("ins", one.new)])));
    } catch (why) {
      say(by("backup-reader"), "");
      by("backup-differences").replaceChildren();
      server.trouble(why);
    }
  }
}

const KEPT = /\.~(\d+)~$/;
const baseOf = (name) => name.replace(KEPT, "");
/** How many versions came after it. */
const age = (name) => Number(KEPT.exec(name)?.[1] ?? 0);

function wordsOf({ name, stored }) {
  const when = new Date(stored * 1000).toLocaleString("en-GB");
  return age(name) === 0 ? `newest, ${when}` : `${age(name)} before, ${when}`;
}
