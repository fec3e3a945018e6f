// The wall: every phone's live screen. Only those in sight are in the stream.

import { by, count, element, matches, say, stateMark } from "./element.js";
import * as pictures from "./pictures.js";

const SIZE = "deskset-size";
// phone-2 before phone-10.
const BY_NUMBER = new Intl.Collator("en", { numeric: true });

export class Wall {
  section = by("wall");
  #list = by("wall-phones");
  #cards = new Map();
  #sight = new IntersectionObserver((entries) => entries.forEach((entry) => this.#seen(entry)), { rootMargin: "100px" });
  #phones = [];

  constructor() {
    const size = localStorage.getItem(SIZE) ?? "medium";
    for (const choice of this.section.querySelectorAll("[name=size]")) {
      choice.checked = choice.value === size;
      choice.onchange = () => this.#resize(choice.value);
    }
    this.#resize(size);
    by("wall-find").oninput = () => this.#find();
  }

  open() {
    for (const card of this.#cards.values()) this.#sight.observe(card.item);
  }

  close() {
    this.#sight.disconnect();
    for (const card of this.#cards.values()) this.#hide(card);
  }

  phones(unsorted) {
    const phones = unsorted.toSorted((one, other) => BY_NUMBER.compare(one.name, other.name));
    this.#phones = phones;
    const names = new Set(phones.map((phone) => phone.name));
    for (const [name, card] of this.#cards) {
      if (names.has(name)) continue;
      this.#hide(card);
      this.#sight.unobserve(card.item);
      card.item.remove();
      this.#cards.delete(name);
    }
    let before = null;
    for (const phone of phones) {
      let card = this.#cards.get(phone.name);
      if (!card) {
        card = this.#make(phone);
        this.#cards.set(phone.name, card);
        if (before) before.after(card.item);
        else this.#list.prepend(card.item);
        this.#sight.observe(card.item);
      }
      this.#tell(card, phone);
      before = card.item;
    }
    by("wall-empty").hidden = phones.length > 0;
    this.#find();
  }

  #make(phone) {
    const canvas = element("canvas", { width: 168, height: 132, "aria-hidden": "true" });
    const state = element("span");
    const facts = element("span", { class: "facts" });
    const lamp = element("span", { class: "lamp", "aria-hidden": "true" });
    const link = element(
      "a",
      { href: `#/phone/${encodeURIComponent(phone.name)}` },
      element("span", { class: "bezel" }, lamp, canvas),
      element("span", { class: "name" }, phone.name),
      facts,
      state,
    );
    const item = element("li", {}, link);
    const card = { item, canvas, state, facts, lamp, name: phone.name, shown: false, told: "" };
    item.card = card;
    return card;
  }

  #tell(card, phone) {
    const told = JSON.stringify([phone.state, phone.lamps, phone.rings]);
    if (told === card.told) return;
    card.told = told;
    const extension = phone.state.extension;
        say(card.facts, `${phone.model}${extension ? ` · ${extension}` : ""}`);
    card.item.title = `${phone.name}, ${phone.model}, ${phone.signaling}`;
    const mark = stateMark(phone.state);
    if (phone.rings) mark.append(", rings");
    card.state.replaceWith(mark);
    card.state = mark;
    card.lamp.classList.toggle("lit", phone.rings || phone.lamps.includes("alerting"));
  }

  #seen({ target, isIntersecting }) {
    const card = target.card;
    if (isIntersecting && !card.shown) {
      card.shown = true;
      pictures.watch(card.name, card.canvas);
    } else if (!isIntersecting) this.#hide(card);
  }

  #hide(card) {
    if (!card.shown) return;
    card.shown = false;
    pictures.leave(card.name, card.canvas);
  }

  #find() {
    const wanted = by("wall-find").value;
    let shown = 0;
    for (const phone of this.#phones) {
      const words = `${phone.name} ${phone.model} ${phone.signaling} ${phone.state.extension ?? ""} ${phone.state.kind}`;
      const isWanted = matches(wanted, words);
      this.#cards.get(phone.name).item.hidden = !isWanted;
      if (isWanted) shown += 1;
    }
    const ready = this.#phones.filter((phone) => phone.state.kind === "ready").length;
    const found = shown === this.#phones.length ? "" : `, ${shown} found`;
    say(by("wall-count"), this.#phones.length === 0 ? "" : `${count(this.#phones.length, "phone", "phones")}, ${ready} ready${found}`);
  }

  #resize(size) {
    this.#list.className = size;
    localStorage.setItem(SIZE, size);
  }
}
