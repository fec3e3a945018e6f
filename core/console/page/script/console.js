// The page: which view is open, which phones there are, and what happens to them.

import { by, paced } from "./element.js";
import * as server from "./server.js";
import * as pictures from "./pictures.js";
import { Wall } from "./wall.js";
import { PhoneView } from "./phone.js";
import { Timeline } from "./timeline.js";
import { Files } from "./files.js";
import { Backups } from "./backups.js";
import { NewPhone } from "./new-phone.js";

// Lists are read again after something happened, and now and then without that.
const LIST_PACE = 500;
const LIST_ANYWAY = 5000;

const timeline = new Timeline();
const views = { phones: new Wall(), phone: new PhoneView(timeline), timeline, files: new Files(), backups: new Backups() };
let open = null;
let phones = [];

const listAnew = paced(LIST_PACE, async () => {
  try {
    const now = await server.phones();
    server.trouble(null);
    const names = new Set(now.map((phone) => phone.name));
    for (const gone of phones) if (!names.has(gone.name)) pictures.forget(gone.name);
    phones = now;
    open?.phones?.(phones);
  } catch (why) {
    server.trouble(why);
  }
});

/** `#/phone/NAME` and the like. */
function go() {
  const [, place = "phones", name] = location.hash.split("/").map(decodeURIComponent);
  const view = views[place] ?? views.phones;
  open?.close();
  for (const one of Object.values(views)) one.section.hidden = one !== view;
  for (const link of document.querySelectorAll("header nav a")) {
    const here = link.hash === `#/${place}` || (place === "phone" && link.hash === "#/phones");
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const moved = open !== null;
  open = view;
  view.open(name);
  view.phones?.(phones);
  document.title = `${name ?? view.section.querySelector("h2").textContent} – Deskset`;
  if (moved) {
    scrollTo(0, 0);
    by("main").focus({ preventScroll: true });
  }
}

for (const dialog of document.querySelectorAll("dialog")) {
  for (const button of dialog.querySelectorAll("[data-close]")) button.onclick = () => dialog.close();
}
new NewPhone((name) => {
  listAnew();
  location.hash = `#/phone/${encodeURIComponent(name)}`;
});
document.querySelector(".skip").onclick = (event) => {
  event.preventDefault();
  by("main").focus();
};
addEventListener("hashchange", go);
document.addEventListener("phone-removed", ({ detail: name }) => {
  // The wall comes next: it must not ask for the screen of a phone that is gone.
  phones = phones.filter((phone) => phone.name !== name);
  pictures.forget(name);
  listAnew();
});
go();
listAnew();
setInterval(listAnew, LIST_ANYWAY);
server.events(
  // Many phones tell much: what nobody looks at is not read.
  (told) => {
    timeline.take(told);
    if (open?.happened) open.happened(JSON.parse(told));
    listAnew();
  },
  () => listAnew(),
);
