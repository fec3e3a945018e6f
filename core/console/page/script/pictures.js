// Live screens: one stream of frames for all phones in sight, drawn when the browser draws.
//
// A frame, high byte first: u32 length of what follows, u16 length of the name, the name, u32 number, u16 width,
// u16 height, u8 colours - 1, three bytes a colour, then runs of u8 length - 1 and u8 colour.

import * as server from "./server.js";

// What one turn of drawing may take; the rest waits for the next one.
const TURN_MS = 8;
// Canvases come into sight in crowds: the stream is asked for anew once they have settled.
const SETTLE_MS = 80;

const decoder = new TextDecoder();
const watched = new Map();
const frames = new Map();
const changed = new Set();
let stream = null;
let settling = null;
let turn = null;

/** Draws a phone's screen on this canvas from now on. */
export function watch(name, canvas) {
  const canvases = watched.get(name) ?? new Set();
  watched.set(name, canvases.add(canvas));
  // What is known is shown at once.
  if (frames.has(name)) draw(canvas, frames.get(name));
  if (canvases.size === 1) settle();
}

export function leave(name, canvas) {
  const canvases = watched.get(name);
  if (!canvases?.delete(canvas) || canvases.size > 0) return;
  watched.delete(name);
  settle();
}

/** Forgets a phone that was taken away. */
export function forget(name) {
  frames.delete(name);
  changed.delete(name);
}

function settle() {
  clearTimeout(settling);
  settling = setTimeout(open, SETTLE_MS);
}

async function open() {
  stream?.abort();
  const mine = (stream = new AbortController());
  while (!mine.signal.aborted && watched.size > 0) {
    const names = [...watched.keys()].map(encodeURIComponent).join(",");
    try {
      await server.bytes(`/api/v1/pictures?phones=${names}`, mine.signal, reader());
    } catch (why) {
      // A phone was taken away in between: the wall hears of it, and asks anew.
      if (why.status !== 404) server.trouble(why);
    }
    if (!mine.signal.aborted) await server.pause();
  }
}

/** Takes bytes as they come, and whole frames out of them. */
function reader() {
  let rest = new Uint8Array(0);
  return (chunk) => {
    let bytes = chunk;
    if (rest.length > 0) {
      bytes = new Uint8Array(rest.length + chunk.length);
      bytes.set(rest);
      bytes.set(chunk, rest.length);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 0;
    while (bytes.length - at >= 4 && bytes.length - at - 4 >= view.getUint32(at)) {
      const length = view.getUint32(at);
      take(bytes.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
    rest = bytes.slice(at);
  };
}

function take(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const name = decoder.decode(bytes.subarray(2, 2 + view.getUint16(0)));
  frames.set(name, bytes);
  changed.add(name);
  turn ??= requestAnimationFrame(drawSome);
}

function drawSome() {
  const end = performance.now() + TURN_MS;
  turn = null;
  for (const name of changed) {
    changed.delete(name);
    for (const canvas of watched.get(name) ?? []) draw(canvas, frames.get(name));
    if (performance.now() > end) break;
  }
  if (changed.size > 0) turn = requestAnimationFrame(drawSome);
}

function draw(canvas, bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 2 + view.getUint16(0);
  const number = view.getUint32(at);
  const width = view.getUint16(at + 4);
  const height = view.getUint16(at + 6);
  const colours = new Uint32Array(bytes[at + 8] + 1);
  at += 9;
  for (let index = 0; index < colours.length; index += 1, at += 3) {
    colours[index] = 0xff000000 | (bytes[at + 2] << 16) | (bytes[at + 1] << 8) | bytes[at];
  }
  if (canvas.width !== width || canvas.height !== height || !canvas.image) {
    canvas.width = width;
    canvas.height = height;
    canvas.brush = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    canvas.image = canvas.brush.createImageData(width, height);
    canvas.pixels = new Uint32Array(canvas.image.data.buffer);
    canvas.dispatchEvent(new Event("sized"));
  }
  const pixels = canvas.pixels;
  let to = 0;
  for (; at < bytes.length; at += 2) {
    const end = to + bytes[at] + 1;
    const colour = colours[bytes[at + 1]];
    while (to < end) pixels[to++] = colour;
  }
  canvas.brush.putImageData(canvas.image, 0, 0);
  canvas.number = number;
  canvas.drawn = (canvas.drawn ?? 0) + 1;
  canvas.dispatchEvent(new Event("drawn"));
}
