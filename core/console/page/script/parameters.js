// A phone's parameters: what holds, who set it, and on demand why.

import { by, element, matches, row } from "./element.js";
import * as server from "./server.js";

export class Parameters {
  #name = null;
  #rows = [];
  #explained = new Map();

  constructor() {
    by("parameters-find").oninput = () => this.#show();
  }

  open(name) {
    this.#name = name;
    this.#rows = [];
    this.#explained.clear();
    this.refresh();
  }

  async refresh() {
    const name = this.#name;
    try {
      const { parameters } = await server.ofPhone(name, "/parameters");
      if (name !== this.#name) return;
      this.#rows = parameters;
    } catch (why) {
      if (why.status !== 404) server.trouble(why);
      this.#rows = [];
    }
    this.#show();
  }

  #show() {
    const wanted = by("parameters-find").value;
    const rows = this.#rows.filter((one) => matches(wanted, `${one.name} ${one.value} ${one.origin}`));
    by("parameters").replaceChildren(...rows.flatMap((one) => this.#lines(one)));
  }

  #lines({ name, value, origin }) {
    const told = this.#explained.get(name);
    const ask = element("button", { type: "button", class: "small", "aria-expanded": String(Boolean(told)), "aria-label": `Why ${name}?`, onclick: () => this.#toggle(name) }, told ? "Close" : "Why?");
    const line = row([["name", name], ["value", value || '""'], origin, ask]);
    return told ? [line, element("tr", { class: "why" }, element("td", { colspan: 4 }, explanation(told)))] : [line];
  }

  async #toggle(name) {
    if (!this.#explained.delete(name)) {
      try {
        this.#explained.set(name, await server.ofPhone(this.#name, `/parameters/${encodeURIComponent(name)}`));
      } catch (why) {
        server.trouble(why);
      }
    }
    this.#show();
    document.querySelector(`[aria-label="Why ${CSS.escape(name)}?"]`)?.focus();
  }
}

function explanation({ default: usual, attempts, without_effect: notes }) {
  const tried = attempts.map(({ origin, value, outcome }) => element("li", {}, `${origin} says `, element("code", {}, value || '""'), `: ${outcome}`));
  const standard = usual === null ? "The model knows no default for it." : element("span", {}, "Without that it would be ", element("code", {}, usual || '""'), ".");
  return element("div", {}, element("ol", {}, ...tried), element("p", {}, standard), ...notes.map((note) => element("p", { class: "note" }, `Without effect: ${note}.`)));
}
