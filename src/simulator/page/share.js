// The sheet behind the clip: everything but words that a person can send, and how good his signal is.

import { attempt, h, post, remove, shout } from "./dom.js";
import { t } from "./words.js";

/** Where people stand when nothing better is known. */
export const CITY = { latitude: -6.8915, longitude: 107.6107 };
/** Degrees of latitude in a metre. */
const METRE = 1 / 111_320;
const LIVE_SECONDS = 900;

/** The site of the newest job card in a chat: its map button holds the position. */
export function siteOf(chat) {
  for (const message of [...(chat?.messages ?? [])].reverse()) {
    if (message.deleted) continue;
    for (const button of message.inline_keyboard?.flat() ?? []) {
      const found = button.url?.match(/query=(-?\d+(?:\.\d+)?)(?:,|%2C)(-?\d+(?:\.\d+)?)/i);
      if (!found) continue;
      const ticket = message.text.match(/[A-Z]{2,5}-\d+/)?.[0] ?? "";
      return { latitude: Number(found[1]), longitude: Number(found[2]), ticket };
    }
  }
  return null;
}

/** A place so many metres to the north of another. */
export const north = (place, metres) => ({ latitude: place.latitude + metres * METRE, longitude: place.longitude });

/** A number for a picture that nobody has sent yet. */
export const fresh = () => Math.floor(Math.random() * 2 ** 40);

/** A paper of one empty page, as a base64 text. */
export function paper(words) {
  return btoa(
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
      `3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n% ${words.replace(/[^\x20-\x7e]/g, "?")} ${fresh()}\n` +
      "trailer<</Root 1 0 R>>\n%%EOF\n",
  );
}

/** A file's bytes as a base64 text. */
export async function base64(file) {
  const read = new FileReader();
  const done = new Promise((resolve, reject) => {
    read.onload = resolve;
    read.onerror = () => reject(read.error);
  });
  read.readAsDataURL(file);
  await done;
  return read.result.slice(read.result.indexOf(",") + 1);
}

/** Opens the sheet over a pane. */
export function openShare(pane) {
  const site = siteOf(pane.current());
  const live = lastLive(pane);
  const place = h("fieldset.place-of", {}, h("legend", {}, t("around")));
  const field = (name, value) => h("input", { name, value: String(value), inputmode: "decimal", "aria-label": t(name), autocomplete: "off" });
  const here = site ?? CITY;
  const latitude = field("latitude", here.latitude);
  const longitude = field("longitude", here.longitude);
  place.append(h("span.note", {}, site ? t("around_job", { ticket: site.ticket }) : t("around_none")), h("div.row", {}, latitude, longitude));
  const around = () => {
    const found = { latitude: Number(latitude.value.replace(",", ".")), longitude: Number(longitude.value.replace(",", ".")) };
    if (!Number.isFinite(found.latitude) || !Number.isFinite(found.longitude)) throw new Error(t("not_a_place"));
    return found;
  };
  const send = (path, body) => pane.act(path, body);
  const key = (label, note, deed) =>
    h(
      "button.tile",
      {
        type: "button",
        onclick: () => {
          close();
          attempt(deed);
        },
      },
      h("b", {}, label),
      note ? h("span", {}, note) : null,
    );
  const alive = (metres, accuracy) => () =>
    send("/location", { ...north(around(), metres), horizontal_accuracy: accuracy, live_period: LIVE_SECONDS });
  const tiles = [
    key(t("live_exact"), "±8 m", alive(0, 8)),
    key(t("live_near"), "90 m · ±40 m", alive(90, 40)),
    key(t("live_far"), t("live_far_note"), alive(1200, 15)),
    key(t("location_static"), t("location_static_note"), () => send("/location", around())),
    key(t("location_forwarded"), t("location_forwarded_note"), () => send("/location", { ...around(), forwarded_name: "Rekan" })),
    key(t("location_venue"), t("location_venue_note"), () => send("/location", { ...around(), title: "Kafe Melati", address: "Jl. Melati 3" })),
  ];
  const moving = live
    ? [
        key(t("live_move"), t("live_move_note"), () => send("/location/move", { message_id: live.message_id, ...around(), horizontal_accuracy: 6 })),
        key(t("live_stop"), null, () => send("/location/stop", { message_id: live.message_id })),
      ]
    : [];
  const picked = h("input", { type: "file", multiple: true, hidden: true });
  picked.addEventListener("change", () => {
    close();
    attempt(() => sendPicked(pane, [...picked.files], picked.dataset.as));
  });
  const pick = (as, accept) => () => {
    picked.dataset.as = as;
    picked.accept = accept;
    picked.click();
  };
  // These open the system's own dialog and close the sheet once something was chosen.
  const choose = (label, note, deed) => h("button.tile", { type: "button", onclick: deed }, h("b", {}, label), h("span", {}, note));
  const files = [
    key(t("photo"), t("photo_made"), () => send("/file", { kind: "photo", seed: fresh() })),
    key(t("album"), t("album_made"), () => send("/album", { items: [1, 2, 3].map(() => ({ kind: "photo", seed: fresh() })) })),
    key(t("file_pdf"), "bast.pdf", () => send("/file", { kind: "document", file_name: "bast.pdf", base64: paper("BAST") })),
    choose(t("photo_pick"), t("photo_pick_note"), pick("photo", "image/*")),
    choose(t("file_pick"), t("file_pick_note"), pick("document", "")),
    key(t("file_big"), "21 MB", () => send("/file", { kind: "document", file_name: "besar.pdf", size: 21 * 2 ** 20 })),
    key(t("kind_voice"), null, () => send("/file", { kind: "voice" })),
    key(t("kind_sticker"), null, () => send("/file", { kind: "sticker" })),
    key(t("contact_send"), pane.person.phone ?? t("no_phone"), () => send("/contact")),
  ];
  const close = pane.sheet(
    h("p.title", {}, t("share_place")),
    place,
    h("div.tiles", {}, ...moving, ...tiles),
    h("p.title", {}, t("share_file")),
    h("div.tiles", {}, ...files, picked),
    signal(pane),
  );
}

function lastLive(pane) {
  const own = (pane.current()?.messages ?? []).filter((message) => message.from === pane.person.telegram_id);
  return own.reverse().find((message) => message.location?.live_period && !message.deleted);
}

async function sendPicked(pane, files, as) {
  for (const file of files) {
    const body = { kind: as, file_name: file.name, mime_type: file.type || undefined };
    // The bytes of what bots cannot fetch anyway need not travel.
    if (as === "document" && file.size > 20 * 2 ** 20) body.size = file.size;
    else body.base64 = await base64(file);
    await post(`${pane.path}/file`, body);
  }
}

function signal(pane) {
  const toggle = async (event) => {
    const bad = event.target.checked;
    const path = `${pane.path}/signal`;
    const how = { late_ms: 4000, doubled: 40, shuffled: true, seed: fresh() };
    await attempt(() => (bad ? post(path, how) : remove(path)));
    shout(t(bad ? "signal_bad_on" : "signal_bad_off", { name: pane.person.name }));
  };
  return h(
    "label.switch",
    {},
    h("input", { type: "checkbox", checked: Boolean(pane.person.signal), onchange: toggle }),
    h("span", {}, h("b", {}, t("signal_bad")), ` ${t("signal_bad_note")}`),
  );
}
