// What is in a message besides words: places, photos, files, and where they come from.

import { avatar, h, icon } from "./dom.js";
import { bytes, t } from "./words.js";

/** The address of a file's bytes. */
const address = (id) => `/sim/api/files?id=${encodeURIComponent(id)}`;

/** What stands above the words of a message: whose it was first, what it answers, what it holds. */
export function parts(message, answered) {
  return [origin(message), quote(message, answered), ...held(message)].filter(Boolean);
}

function origin(message) {
  const from = message.forward_origin;
  if (!from) return null;
  const user = from.sender_user;
  const name = user ? [user.first_name, user.last_name].filter(Boolean).join(" ") : from.sender_user_name;
  return h("span.origin", {}, t("forwarded_from", { name }));
}

function quote(message, answered) {
  if (!message.reply_to) return null;
  const words = answered?.text || t("a_message");
  return h("span.quote", {}, words.length > 90 ? `${words.slice(0, 90)}…` : words);
}

function held(message) {
  if (message.contact) return [contact(message.contact)];
  if (message.venue) {
    const { title, address: street, location } = message.venue;
    return [...place(location, title), h("span.coordinates", {}, street)];
  }
  if (message.location) return place(message.location, placeName(message));
  if (message.photo) return [photo(message.photo)];
  if (message.document) return [file(message.document)];
  for (const kind of ["voice", "video", "video_note", "sticker"]) {
    if (message[kind]) return [h("span.file", {}, icon("file"), h("b", {}, t(`kind_${kind}`)))];
  }
  return [];
}

function contact(shared) {
  const name = [shared.first_name, shared.last_name].filter(Boolean).join(" ");
  return h(
    "span.contact",
    {},
    avatar(name, shared.user_id ?? 0),
    h("span", {}, h("b", {}, name), h("span.phone", {}, shared.phone_number)),
  );
}

function placeName(message) {
  if (message.location.live_period) return t("location_live");
  return message.edits > 0 ? t("location_ended") : t("location");
}

function place(location, name) {
  const { latitude, longitude, horizontal_accuracy: accuracy } = location;
  const known = accuracy === undefined ? "" : ` ±${Math.round(accuracy)} m`;
  return [
    h(`span.place${location.live_period ? ".live" : ""}`, {}, icon("pin")),
    h("span.coordinates", {}, h("b", {}, name), ` ${latitude.toFixed(5)}, ${longitude.toFixed(5)}${known}`),
  ];
}

/** The smallest size that fills the bubble; the whole picture opens in a tab of its own. */
function photo(sizes) {
  const largest = sizes.at(-1);
  const shown = sizes.find((size) => Math.max(size.width, size.height) >= 300) ?? largest;
  const picture = h("img", { src: address(shown.file_id), width: shown.width, height: shown.height, alt: t("photo"), loading: "lazy" });
  return h("a.photo", { href: address(largest.file_id), target: "_blank", rel: "noopener", title: t("photo_open") }, picture);
}

function file({ file_id: id, file_name: name, file_size: size }) {
  return h(
    "a.file",
    { href: address(id), download: name ?? "" },
    icon("file"),
    h("span", {}, h("b", {}, name ?? t("file")), h("span.phone", {}, `${bytes(size)} · ${t("download")}`)),
  );
}
