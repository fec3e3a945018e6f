// One phone, large: its screen, its keys as buttons, and the keyboard of the computer.

import { by, clock, element, paced, row, say, stateMark } from "./element.js";
import { meaning, softkey } from "./keyboard.js";
import { Parameters } from "./parameters.js";
import * as pictures from "./pictures.js";
import * as server from "./server.js";

const LETTERS = ["", "abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];
const LABELS = {
  "phone-exit": "Phone/Exit", options: "Options", "page-left": "◀ Page", "page-right": "Page ▶", speaker: "Speaker",
  headset: "Headset", mute: "Mute", hold: "Hold", redial: "Redial", transfer: "Transfer", conference: "Conference",
  drop: "Drop", "volume-up": "Volume +", "volume-down": "Volume −",
};
const PAGING = ["page-left", "phone-exit", "options", "page-right"];
const VOICE = ["speaker", "headset", "mute", "volume-down", "volume-up"];
const EVENTS_SHOWN = 200;
const SCALE_MAX = 3;
const SIDES_PX = 140;

export class PhoneView {
  section = by("phone");
  #set = by("set");
  #timeline;
  #parameters = new Parameters();
  #name = null;
  #shape = null;
  #supply = null;
  #canvas = null;
  #screen = null;
  #buttons = new Map();
  #events = [];
  #doing = Promise.resolve();
  #size = new ResizeObserver(() => this.#scale());
  #look = paced(200, () => this.#readScreen());
  #list = paced(250, () => this.#showEvents());

  constructor(timeline) {
    this.#timeline = timeline;
    by("phone-power").onclick = () => this.#do("power");
    by("phone-remove").onclick = () => by("remove-dialog").showModal();
    by("remove-form").onsubmit = (event) => this.#remove(event);
    by("call").onsubmit = (event) => this.#call(event);
    document.addEventListener("keydown", (event) => this.#type(event));
    this.#set.addEventListener("mousedown", (event) => this.#touch(event));
  }

  async open(name) {
    this.#name = name;
    this.#shape = null;
    this.#screen = null;
    this.#events = [];
    say(by("phone-title"), name);
    by("phone-facts").replaceChildren();
    this.#set.replaceChildren();
    this.#parameters.open(name);
    try {
      this.#supply ??= await server.json("/api/v1/supply");
      const shape = await server.ofPhone(name, "");
      const { events } = await server.ofPhone(name, "/events");
      if (this.#name !== name) return;
      this.#build(shape);
      this.#events = events;
      this.#list();
      this.#look();
    } catch (why) {
      server.trouble(why);
    }
  }

  close() {
    if (this.#canvas) pictures.leave(this.#name, this.#canvas);
    this.#size.disconnect();
    this.#canvas = null;
    this.#name = null;
    this.#shape = null;
  }

  phones(phones) {
    const shape = phones.find((phone) => phone.name === this.#name);
    if (shape && this.#shape) this.#tell(shape);
  }

  happened(event) {
    if (event.phone !== this.#name) return;
    this.#events.push(event);
    this.#list();
    this.#look();
    if (event.step === "settings" || event.step === "ready") this.#parameters.refresh();
  }

  #build(shape) {
    const model = this.#supply.models.find((one) => one.name === shape.model);
    this.#shape = shape;
    this.#buttons.clear();
    const rest = new Set(shape.keys);
    const take = (keys) => keys.filter((key) => rest.delete(key)).map((key) => this.#key(key));
    const lines = (side) => take(shape.keys.filter((key) => key.startsWith("line") && key.endsWith(side)));
    const softkeys = take(shape.keys.filter((key) => key.startsWith("soft")));
    const pad = take([..."123456789*0#"]);
    const [paging, voice] = [take(PAGING), take(VOICE)];
    const hook = ["off", "on"].map((hook) =>
      element("button", { type: "button", "data-hook": hook, onclick: () => this.#do("hook", { hook }) }, hook === "off" ? "Lift handset" : "Hang up"),
    );
    this.#canvas = element("canvas", { width: 168, height: 132, role: "img", "aria-label": "Screen" });
    this.#canvas.addEventListener("sized", () => this.#scale());
    this.#canvas.addEventListener("drawn", () => this.#look());
    const group = (label, name, keys) => element("div", { class: name, role: "group", "aria-label": label }, ...keys);
    this.#set.replaceChildren(
      element("div", { class: "brand" }, element("span", {}, shape.model), element("span", { class: "lamp", "aria-hidden": "true" })),
      element(
        "div",
        { class: "front" },
        group("Line buttons, left", "lines", lines("left")),
        element("div", { class: "glass" }, this.#canvas),
        group("Line buttons, right", "lines", lines("right")),
        group("Softkeys", "softkeys", softkeys),
      ),
      group("Paging", "paging", paging),
      element(
        "div",
        { class: "lower" },
        group("Calls", "functions", take([...rest])),
        group("Dial pad", "pad", pad),
        group("Voice", "voice", [...voice, ...hook]),
      ),
    );
    this.#set.style.setProperty("--rows", model?.rows ?? 8);
    this.#set.rowHeight = model?.row_height ?? 16;
    this.#tell(shape);
    this.#size.observe(this.section);
    pictures.watch(shape.name, this.#canvas);
    this.#scale();
  }

  #key(key) {
    const isSign = key.length === 1;
    const letters = isSign ? LETTERS[Number(key) - 1] : "";
    const bare = /^(line|soft)/.test(key);
    const content = bare ? [] : [element("span", {}, LABELS[key] ?? key), letters ? element("small", {}, letters) : null];
    const label = bare ? key : letters ? `${key} ${letters}` : undefined;
    const button = element("button", { type: "button", "data-key": key, "aria-label": label, onclick: () => this.#press(key) }, ...content);
    this.#buttons.set(key, button);
    return button;
  }

  /** Whole pixels, as many as fit beside the buttons. */
  #scale() {
    if (!this.#canvas) return;
    const room = this.#set.parentElement.clientWidth - SIDES_PX;
    const most = this.#canvas.width > 200 ? SCALE_MAX - 1 : SCALE_MAX;
    const scale = Math.max(1, Math.min(most, Math.floor(room / this.#canvas.width)));
    this.#set.style.setProperty("--width", `${this.#canvas.width * scale}px`);
    this.#set.style.setProperty("--height", `${this.#canvas.height * scale}px`);
    this.#set.style.setProperty("--row", `${this.#set.rowHeight * scale}px`);
  }

  #tell(shape) {
    const { model, signaling, release, mac, state } = shape;
    this.#set.setAttribute("aria-label", `Phone ${shape.name}, ${model}`);
    by("phone-facts").replaceChildren(stateMark(state), ` ${state.extension ? `extension ${state.extension}, ` : ""}${model}, ${signaling}, release ${release}, ${mac}`);
    if (state.reason) by("phone-facts").append(`: ${state.reason}`);
    this.#set.querySelector(".lamp").classList.toggle("lit", shape.rings || shape.lamps.includes("alerting"));
    for (const lamp of ["speaker", "headset", "mute"]) {
      this.#buttons.get(lamp)?.setAttribute("aria-pressed", shape.lamps.includes(lamp));
    }
    this.#set.querySelector("[data-hook=off]").setAttribute("aria-pressed", shape.hook === "off");
  }

  async #readScreen() {
    const name = this.#name;
    if (!name) return;
    try {
      this.#see(await server.ofPhone(name, "/screen"), name);
    } catch (why) {
      if (why.status !== 404) server.trouble(why);
    }
  }

  #see(screen, name) {
    if (name !== this.#name || !this.#canvas) return;
    // An answer may overtake a newer one.
    if (this.#screen && screen.number < this.#screen.number) return;
    this.#screen = screen;
    say(by("phone-rows"), screen.rows.join("\n"));
    by("phone-rows").number = screen.number;
    this.#canvas.setAttribute("aria-label", `Screen: ${screen.rows.map((line) => line.trim()).filter(Boolean).join(". ")}`);
    for (const [key, button] of this.#buttons) {
      const line = /^line(\d+)-(left|right)$/.exec(key);
      if (line) button.setAttribute("aria-label", `Line ${line[1]} ${line[2]}: ${part(screen.rows[line[1]], line[2]) || "blank"}`);
      else if (key.startsWith("soft")) button.setAttribute("aria-label", `Softkey ${key[4]}: ${softkey(screen, Number(key[4])) || "blank"}`);
    }
  }

  /** One after the other: keys that overtake one another would be other keys. */
  #do(what, body) {
    const name = this.#name;
    this.#doing = this.#doing.then(async () => {
      try {
        this.#see(await server.toPhone(name, what, body), name);
        server.trouble(null);
      } catch (why) {
        server.trouble(why);
      }
    });
    return this.#doing;
  }

  #press(key) {
    return this.#do("keys", { keys: [key] });
  }

  #type(event) {
    const at = event.target;
    const isElsewhere = at.closest("input, select, textarea, dialog, summary, a, .scroll, pre");
    if (!this.#shape || isElsewhere || (at.closest("button") && (event.key === "Enter" || event.key === " "))) return;
    const meant = meaning(event, this.#screen);
    if (!meant || (meant.key && !this.#buttons.has(meant.key))) return;
    event.preventDefault();
    if (meant.text !== undefined) {
      this.#do("text", { text: meant.text });
      return;
    }
    const button = this.#buttons.get(meant.key);
    button.classList.add("down");
    this.#press(meant.key).then(() => button.classList.remove("down"));
  }

  /** A key that was clicked does not keep the focus: a blank that is typed next would press it again. */
  #touch(event) {
    event.preventDefault();
    this.#set.focus({ preventScroll: true });
  }

  #call(event) {
    event.preventDefault();
    const { name, number, appearance } = event.target.elements;
    const state = event.submitter?.value ?? "alerting";
    this.#do("call", { appearance: Number(appearance.value), state, name: name.value, number: number.value });
  }

  async #remove(event) {
    event.preventDefault();
    by("remove-dialog").close();
    const name = this.#name;
    // Nothing more is asked of a phone that goes.
    this.close();
    try {
      await server.remove(name);
      document.dispatchEvent(new CustomEvent("phone-removed", { detail: name }));
      location.hash = "#/phones";
    } catch (why) {
      this.open(name);
      server.trouble(why);
    }
  }

  #showEvents() {
    const shown = new Map(this.#events.map((event) => [event.number, event]));
    const newest = [...shown.values()].sort((one, other) => other.number - one.number).slice(0, EVENTS_SHOWN);
    this.#events = newest.toReversed();
    by("phone-events").replaceChildren(...newest.map((event) => row([["time", clock(event.t_ms)], event.step, event.detail])));
  }
}

function part(text, side) {
  const signs = [...(text ?? "")];
  const half = Math.floor(signs.length / 2);
  return (side === "left" ? signs.slice(0, half) : signs.slice(half)).join("").trim();
}
