// Elements of the page, made without markup in strings: what servers and users say is never read as HTML.

export const by = (id) => document.getElementById(id);

/** An element with attributes, listeners (`onclick` …) and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A row of a table; a cell is text, an element, or [class, text]. */
export function row(cells, attributes = {}) {
  const cell = (content) =>
    Array.isArray(content) ? element("td", { class: content[0] }, content[1]) : element("td", {}, content);
  return element("tr", attributes, ...cells.map(cell));
}

/** Sets a text only where it changes, so that nobody is told twice. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Whether every word that is looked for is in the text. */
export function matches(wanted, text) {
  const low = text.toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => low.includes(word));
}

/** Milliseconds since the program started, as minutes, seconds and thousandths. */
export function clock(ms) {
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(ms / 60000);
  return `${two(minutes)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, "0")}`;
}

export const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

/** Calls `work` soon, and at most once in `pause` milliseconds. */
export function paced(pause, work) {
  let waiting = null;
  let last = -Infinity;
  return () => {
    if (waiting !== null) return;
    waiting = setTimeout(() => {
      waiting = null;
      last = performance.now();
      work();
    }, Math.max(0, last + pause - performance.now()));
  };
}

/** What a state is called, in words for people. */
export const STATES = {
  off: "off",
  starting: "starting",
  awaits_login: "awaits login",
  ready: "ready",
  logged_off: "logged off",
  failed: "failed",
};

export function stateMark(state) {
  const busy = state.kind === "ready" && state.settled === false;
  return element("span", { class: `state ${state.kind}`, title: state.reason }, busy ? "saving or retrieving" : STATES[state.kind]);
}
