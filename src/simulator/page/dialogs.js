// What opens over the page: the race and its result, the broken rules, a new person.

import { attempt, get, h, icon, post, shout } from "./dom.js";
import { span, t } from "./words.js";

const dialog = () => document.getElementById("dialog");

function show(title, ...content) {
  const box = dialog();
  const close = h("button.icon", { type: "button", "aria-label": t("close"), onclick: () => box.close() }, icon("close"));
  box.replaceChildren(h("header", {}, h("h2", {}, title), close), ...content);
  if (!box.open) box.showModal();
}

/** The newest message with a button that calls back, over all open phones. */
function newestOffer(panes) {
  let newest = null;
  for (const pane of panes) {
    for (const chat of pane.screen?.chats ?? []) {
      for (const message of chat.messages) {
        const offers = message.inline_keyboard?.flat().some((button) => button.callback_data);
        if (offers && !message.deleted && (!newest || message.at > newest.at)) newest = message;
      }
    }
  }
  return newest;
}

/** Everyone who sees the newest offer taps it within 400 ms; then who got which answer, and when. */
export async function race(panes, people) {
  const offer = newestOffer(panes);
  if (!offer) {
    shout(t("no_offer"));
    return;
  }
  const text = offer.text.match(/[A-Z]{2,5}-\d+/)?.[0] ?? offer.text.split("\n")[0];
  const button = offer.inline_keyboard.flat().find((key) => key.callback_data).text;
  shout(t("race_running"));
  const { taps } = await post("/race", { text, button, within_ms: 400 });
  const wanted = new Set(taps.map((tap) => tap.callback_query_id).filter(Boolean));
  await get("/idle?timeout_ms=4000");
  const all = (await get("/taps")).taps.filter((tap) => wanted.has(tap.callback_query_id));
  const names = new Map(people.map((person) => [person.telegram_id, person.name]));
  const start = Math.min(...all.map((tap) => tap.at));
  const rows = all.map((tap) => {
    const answer = tap.answer;
    return h(
      "tr",
      {},
      h("td", {}, names.get(tap.person) ?? String(tap.person)),
      h("td.number", {}, `+${span(tap.at - start)}`),
      h("td.number", {}, answer ? `+${span(answer.at - start)}` : "–"),
      h("td", {}, answer ? answer.text : t("race_silent")),
    );
  });
  const heads = ["race_who", "race_tap", "race_when", "race_answer"].map((key) => h("th", { scope: "col" }, t(key)));
  show(t("race_result"), h("p.note", {}, `${text} · ${button}`), h("div.table", {}, h("table", {}, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...rows))));
}

/** The rules of the services that the product broke, newest first. */
export async function openViolations() {
  const [bot, number] = await Promise.all([get("/violations"), get("/whatsapp/violations")]);
  const rows = [...bot.violations, ...number.violations]
    .sort((a, b) => a.at - b.at)
    .slice(-100)
    .reverse()
    .map((found) =>
      h(
        "li",
        {},
        h("b", {}, found.kind),
        h("code", {}, found.method),
        found.chat_id === null ? null : h("span.note", {}, `chat ${found.chat_id}`),
        h("p", {}, found.detail),
      ),
    );
  show(t("rules_title"), rows.length > 0 ? h("ul.violations", {}, ...rows) : h("p", {}, t("rules_clean")));
}

/** A form for one more person. */
export function openAdd(people, customers) {
  const field = (name, attributes = {}) =>
    h("label", {}, h("span", {}, t(name)), h("input", { name, autocomplete: "off", ...attributes }));
  const roles = ["technician", "sales", "admin", "customer"].map((role) => h("option", { value: role }, t(`role_${role}`)));
  const save = async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const value = (name) => form.get(name).trim() || undefined;
    if (form.get("role") === "customer") {
      const name = [value("first_name"), value("last_name")].filter(Boolean).join(" ");
      const id = Math.max(0, ...customers.map((customer) => customer.id)) + 1;
      const phone = value("phone") ?? `+62857${String(10_000_000 + id)}`;
      if (await attempt(() => post("/whatsapp/people", { id, name, phone }))) dialog().close();
      return;
    }
    const last = Math.max(810_000_000, ...people.map((person) => person.telegram_id));
    const person = {
      telegram_id: last + 1,
      first_name: value("first_name"),
      last_name: value("last_name"),
      phone: value("phone"),
      language_code: "id",
      role_hint: form.get("role"),
    };
    if (await attempt(() => post("/people", person))) {
      dialog().close();
      shout(t("added", { name: person.first_name }));
    }
  };
  show(
    t("add"),
    h(
      "form.add",
      { onsubmit: save },
      field("first_name", { required: true, maxlength: 64 }),
      field("last_name", { maxlength: 64 }),
      field("phone", { inputmode: "tel" }),
      h("label", {}, h("span", {}, t("role")), h("select", { name: "role" }, ...roles)),
      h("button.primary", { type: "submit" }, t("save")),
    ),
  );
}
