// One message as an element: bubble, keyboard, time. Made anew whenever its key changes.

import { h, icon } from "./dom.js";
import { parts } from "./media.js";
import { rich } from "./rich.js";
import { t, time } from "./words.js";

/** What a message looks like depends on this, and on nothing else. */
export function messageKey(message, waiting) {
  return [message.edits, message.deleted, message.reaction, ...waiting].join("|");
}

/** Draws a message for one person. `acts` has `press(button)` and `command(text)`. */
export function drawMessage(message, { me, group, waiting, fresh, answered, acts }) {
  const own = message.from === me;
  if (message.deleted) {
    return h("li.message.gone", {}, h("span.note", {}, t("deleted")));
  }
  const bubble = h(
    `div.bubble${own ? ".own" : ""}${fresh ? ".fresh" : ""}`,
    {},
    group && !own ? h(`b.author.hue-${hue(message)}`, {}, message.name) : null,
    ...content(message, answered, acts),
    h(
      "span.meta",
      { title: new Date(message.date * 1000).toLocaleString() },
      message.edits > 0 ? `${t("edited")} ` : "",
      time(message.date),
      own ? icon("check") : null,
    ),
  );
  return h(
    `li.message${own ? ".own" : ""}`,
    {},
    bubble,
    message.reaction ? h("span.reaction", { "aria-label": t("reaction") }, message.reaction) : null,
    message.inline_keyboard ? keyboard(message, waiting, acts) : null,
  );
}

function hue(message) {
  return message.from === "bot" ? 3 : Math.abs(message.from) % 8;
}

function content(message, answered, acts) {
  const above = parts(message, answered);
  if (!message.text) return above;
  return [...above, h("span.text", {}, ...rich(message.text, message.entities, acts.command))];
}

function keyboard(message, waiting, acts) {
  const rows = message.inline_keyboard.map((row) =>
    h("div.row", {}, ...row.map((button) => key(button, waiting.includes(button.callback_data), acts))),
  );
  return h("div.inline", {}, ...rows);
}

function key(button, waits, acts) {
  const style = button.style ? `.${button.style}` : "";
  return h(
    `button.key${style}`,
    {
      type: "button",
      disabled: Boolean(button.disabled),
      "aria-busy": waits ? "true" : null,
      onclick: () => acts.press(button),
    },
    button.text,
    button.url ? icon("out") : null,
  );
}

/** The keyboard in place of the letters. `press` gets the button. */
export function drawReplyKeyboard(markup, press) {
  return h(
    "div.replies",
    {},
    ...markup.keyboard.map((row) =>
      h(
        "div.row",
        {},
        ...row.map((button) => {
          const text = typeof button === "string" ? button : button.text;
          return h("button.key", { type: "button", onclick: () => press(button) }, text);
        }),
      ),
    ),
  );
}
