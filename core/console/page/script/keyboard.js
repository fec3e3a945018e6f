// The computer's keyboard as the phone's keys.

const FIXED = { Escape: "phone-exit", ArrowLeft: "page-left", ArrowRight: "page-right" };

/**
 * What a key of the computer does at a phone with this screen: `{ key }`, `{ text }` or nothing.
 * A phone shows a cursor while a field is open.
 */
export function meaning(event, screen) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  const sign = event.key;
  const cursor = screen?.cursor ?? null;
  if (/^F[1-4]$/.test(sign)) return { key: `soft${sign[1]}` };
  if (sign === "*" || sign === "#") return { key: sign };
  if (/^[0-9]$/.test(sign)) return cursor ? { text: sign } : { key: sign };
  if (sign === "Enter") return { key: cursor && softkey(screen, 1) ? "soft1" : "#" };
  if (sign === "Backspace") return backspace(screen);
  if (sign === "ArrowUp" || sign === "ArrowDown") return arrow(sign === "ArrowUp" ? -1 : 1, cursor);
  if (sign in FIXED) return { key: FIXED[sign] };
  return [...sign].length === 1 && (sign !== " " || cursor) ? { text: sign } : null;
}

/** The label above a softkey. */
export function softkey(screen, number) {
  const row = [...(screen?.rows.at(-1) ?? "")];
  const width = Math.floor(row.length / 4);
  return row.slice((number - 1) * width, number * width).join("").trim();
}

function backspace(screen) {
  const number = [1, 2, 3, 4].find((one) => softkey(screen, one) === "<-");
  if (number) return { key: `soft${number}` };
  // At the questions of the start-up the star takes a digit back.
  return screen?.state.kind === "awaits_login" ? { key: "*" } : null;
}

function arrow(step, cursor) {
  if (!cursor) return { key: step < 0 ? "volume-up" : "volume-down" };
  const line = cursor[0] + step;
  return line > 0 ? { key: `line${line}-left` } : null;
}
