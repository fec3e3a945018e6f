// The way to the server: requests with the token, streams, and what goes wrong in its own sentences.

import { by, say } from "./element.js";

const KEPT = "deskset-token";
const AGAIN_AFTER = 1000;
let asked = null;

/** The server's refusal, in its words. */
export class Refused extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

async function ask(method, path, body, signal) {
  for (;;) {
    const headers = {};
    const token = sessionStorage.getItem(KEPT);
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const answer = await fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
    if (answer.status === 401) {
      // Others may have asked for the token meanwhile.
      if (sessionStorage.getItem(KEPT) === token) await askForToken(token !== null);
      continue;
    }
    if (!answer.ok) {
      const told = await answer.json().catch(() => ({}));
      throw new Refused(answer.status, told.error ?? `${path}: ${answer.status}`);
    }
    return answer;
  }
}

/** Asks once, however many requests wait for it. */
function askForToken(wasWrong) {
  asked ??= new Promise((given) => {
    const dialog = by("token-dialog");
    const form = by("token-form");
    say(by("token-trouble"), wasWrong ? "That was not the token." : "");
    form.onsubmit = (event) => {
      event.preventDefault();
      sessionStorage.setItem(KEPT, form.elements.token.value);
      form.reset();
      dialog.close();
    };
    // Without the token there is nothing to see.
    dialog.oncancel = (event) => event.preventDefault();
    dialog.onclose = () => {
      asked = null;
      given();
    };
    dialog.showModal();
  });
  return asked;
}

const phonePath = (name, rest = "") => `/api/v1/phones/${encodeURIComponent(name)}${rest}`;

export const json = async (path) => (await ask("GET", path)).json();
export const text = async (path) => (await ask("GET", path)).text();
export const phones = async () => (await json("/api/v1/phones")).phones;
export const ofPhone = (name, rest) => json(phonePath(name, rest));
export const toPhone = async (name, what, body) => (await ask("POST", phonePath(name, `/${what}`), body)).json();
export const make = async (wish) => (await ask("POST", "/api/v1/phones", wish)).json();
export const remove = (name) => ask("DELETE", phonePath(name));

/** Reads a stream of bytes to its end. */
export async function bytes(path, signal, take) {
  const reader = (await ask("GET", path, undefined, signal)).body.getReader();
  trouble(null);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    take(value);
  }
}

/** Server-sent events, again and again. They are fetched: an EventSource cannot send a token. */
export async function events(take, begun) {
  for (;;) {
    try {
      const decoder = new TextDecoder();
      let rest = "";
      begun();
      await bytes("/api/v1/events", undefined, (chunk) => {
        const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
        rest = lines.pop();
        for (const line of lines) if (line.startsWith("data: {")) take(JSON.parse(line.slice(6)));
      });
    } catch (why) {
      trouble(why);
    }
    await pause();
  }
}

export const pause = () => new Promise((over) => setTimeout(over, AGAIN_AFTER));

/** Shows what went wrong, or that nothing does any more. */
export function trouble(why) {
  if (why?.name === "AbortError") return;
  const line = by("trouble");
  line.hidden = !why;
  if (why) say(line, why instanceof Refused ? why.message : "The console does not answer: is the program still running? Trying again …");
}
