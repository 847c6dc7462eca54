// One WhatsApp message as an element: bubble, ticks, and what can be pressed below it.

import { h, icon } from "./dom.js";
import { bytes, t, time } from "./words.js";

/** The address of a file's bytes. */
const address = (id) => `/sim/api/whatsapp/media/${encodeURIComponent(id)}`;

/** What a message looks like depends on this, and on nothing else. */
export function letterKey(message) {
  return [message.status, message.edited, message.revoked, message.reaction].join("|");
}

/** Draws a message. `acts` has `press(choice)`, `open()` for a list, `go(url)`, `locate()`, `share()`. */
export function drawLetter(message, { fresh, answered, acts }) {
  const own = !message.from_business;
  if (message.revoked) return h("li.message.gone", {}, h("span.note", {}, t("deleted")));
  if (["edit", "revoke", "reaction"].includes(message.kind)) return null;
  const ticks = own ? h(`span.ticks${message.status === "read" ? ".seen" : ""}`, { title: t(`tick_${message.status}`) }, icon("check")) : null;
  const bubble = h(
    `div.bubble${own ? ".own" : ""}${fresh ? ".fresh" : ""}`,
    {},
    answered ? h("span.quote", {}, short(answered.content?.text) || t("a_message")) : null,
    message.content?.header ? h("b.head", {}, message.content.header) : null,
    ...held(message),
    message.content?.footer ? h("span.footer", {}, message.content.footer) : null,
    h(
      "span.meta",
      { title: new Date(message.date * 1000).toLocaleString() },
      message.template ? h("span.approved", { title: message.template }, t("template")) : null,
      message.edited ? `${t("edited")} ` : "",
      time(message.date),
      ticks,
    ),
  );
  return h(
    `li.message${own ? ".own" : ""}`,
    {},
    bubble,
    message.reaction ? h("span.reaction", { "aria-label": t("reaction_own") }, message.reaction) : null,
    keys(message, acts),
  );
}

function short(text) {
  return text && text.length > 90 ? `${text.slice(0, 90)}…` : text;
}

function held(message) {
  const { content, kind } = message;
  const words = content?.text ? [h("span.text", {}, ...marked(content.text))] : [];
  if (kind === "location") return place(content);
  if (kind === "contacts") return content.contacts.map(card);
  if (content?.media_id && /^image\/(jpeg|png|webp)/.test(content.mime_type)) {
    const picture = h("img", { src: address(content.media_id), alt: t("photo"), loading: "lazy" });
    return [h("a.photo", { href: address(content.media_id), target: "_blank", rel: "noopener", title: t("photo_open") }, picture), ...words];
  }
  if (content?.media_id) {
    const name = content.file_name ?? t(content.voice ? "kind_voice" : kind === "video" ? "kind_video" : "file");
    const about = h("span", {}, h("b", {}, name), h("span.phone", {}, bytes(content.file_size)));
    return [h("a.file", { href: address(content.media_id), download: content.file_name ?? "" }, icon("file"), about), ...words];
  }
  if (words.length > 0) return words;
  return [h("span.note", {}, t("other_kind", { kind }))];
}

function place({ latitude, longitude, name, address: street }) {
  const known = h("span.coordinates", {}, h("b", {}, name ?? t("location")), ` ${latitude.toFixed(5)}, ${longitude.toFixed(5)}`);
  return [h("span.place", {}, icon("pin")), known, street ? h("span.coordinates", {}, street) : null];
}

function card({ name, phones }) {
  return h("span.contact", {}, icon("card"), h("span", {}, h("b", {}, name?.formatted_name ?? ""), h("span.phone", {}, phones?.[0]?.phone ?? "")));
}

/** What stands below the bubble. */
function keys(message, acts) {
  const { content, choices } = message;
  const key = (label, deed, ...more) => h("button.key", { type: "button", onclick: deed }, label, ...more);
  const below = [];
  if (content?.interactive === "list") below.push(key(`☰ ${content.button}`, acts.open));
  else for (const choice of choices) below.push(key(choice.title, () => acts.press(choice)));
  if (content?.url) below.push(key(content.button, () => acts.go(content.url), icon("out")));
  if (content?.interactive === "location_request_message") below.push(key(t("send_location"), acts.locate));
  if (content?.interactive === "request_contact_info") below.push(key(t("contact_send"), acts.share));
  return below.length > 0 ? h("div.inline.letter", {}, ...below) : null;
}

const MARKS = { "*": "b", _: "i", "~": "s" };

/** The text with WhatsApp's own marks: *bold*, _italic_, ~struck~, and addresses to follow. */
function marked(text) {
  const nodes = [];
  const pattern = /(https?:\/\/[^\s]+)|(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\2(?![\p{L}\p{N}])/gu;
  let at = 0;
  for (const found of text.matchAll(pattern)) {
    if (found.index > at) nodes.push(text.slice(at, found.index));
    if (found[1]) nodes.push(h("a", { href: found[1], target: "_blank", rel: "noopener noreferrer" }, found[1]));
    else nodes.push(h(MARKS[found[2]], {}, ...marked(found[3])));
    at = found.index + found[0].length;
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}
