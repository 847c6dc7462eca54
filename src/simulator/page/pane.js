// One person's phone: his chats, what he can do, what answered his taps.

import { attempt, avatar, get, h, icon, post, shout } from "./dom.js";
import { drawMessage, drawReplyKeyboard, messageKey } from "./message.js";
import { CITY, openShare, siteOf } from "./share.js";
import { t } from "./words.js";

/** Messages of each chat that a pane shows. */
const SHOWN = 80;

export class Pane {
  constructor(person, { onread }) {
    this.person = person;
    this.onread = onread;
    this.chat = person.telegram_id;
    this.drawn = new Map();
    this.told = null;
    this.read = new Map();
    this.usedKeyboards = new Set();
    this.toasts = [];
    this.element = this.frame();
    this.refresh();
  }

  get key() {
    return this.person.telegram_id;
  }

  get path() {
    return `/people/${this.person.telegram_id}`;
  }

  frame() {
    this.status = h("span.status");
    this.more = h("button.icon", { type: "button", "aria-label": t("more"), onclick: () => this.openMore() }, icon("dots"));
    this.chats = h("div.chats", { role: "tablist" });
    this.list = h("ol.messages", { role: "log", "aria-label": this.person.name });
    this.scroll = h("div.scroll", { tabindex: 0 }, this.list);
    this.foot = h("div.foot");
    this.overlay = h("div.overlay");
    const role = this.person.role_hint ? t(`role_${this.person.role_hint}`) : null;
    return h(
      "section.pane",
      { "aria-label": this.person.name, "data-person": this.person.telegram_id },
      h(
        "header",
        {},
        avatar(this.person.name, this.person.telegram_id),
        h("div.who", {}, h("b", {}, this.person.name, role ? h("span.role", {}, role) : null), this.status),
        this.more,
      ),
      this.chats,
      this.scroll,
      this.foot,
      this.overlay,
    );
  }

  load() {
    return get(`${this.path}/chats?limit=${SHOWN}`);
  }

  /** Asks for the newest state; calls that come meanwhile are folded into one. */
  async refresh() {
    if (this.asking) {
      this.again = true;
      return;
    }
    this.asking = true;
    do {
      this.again = false;
      const screen = await this.load().catch(() => null);
      if (screen) this.show(screen);
    } while (this.again);
    this.asking = false;
  }

  show(screen) {
    this.screen = screen;
    this.person = screen.person;
    if (!screen.chats.some((chat) => chat.chat_id === this.chat)) this.chat = this.person.telegram_id;
    this.showHeader();
    this.showChats();
    this.showMessages();
    this.showFoot();
    this.tell();
    this.markRead();
  }

  current() {
    return this.screen.chats.find((chat) => chat.chat_id === this.chat);
  }

  showHeader() {
    const chat = this.current();
    const typing = chat?.action && this.screen.now - chat.action[1] < 5000;
    const text = this.person.deactivated
      ? t("deactivated")
      : this.person.blocked
        ? t("blocked")
        : this.person.signal
          ? t("signal_bad")
        : typing
          ? t("bot_typing")
          : (this.person.phone ?? (this.person.username ? `@${this.person.username}` : `id ${this.person.telegram_id}`));
    this.status.textContent = text;
    this.status.classList.toggle("warn", Boolean(this.person.blocked || this.person.deactivated || this.person.signal));
    clearTimeout(this.typing);
    if (typing) this.typing = setTimeout(() => this.refresh(), 5000);
  }

  showChats() {
    const chats = this.screen.chats;
    this.chats.hidden = chats.length < 2;
    this.chats.replaceChildren(
      ...chats.map((chat) => {
        const unread = chat.chat_id === this.chat ? 0 : this.unreadIn(chat);
        return h(
          "button",
          {
            type: "button",
            role: "tab",
            "aria-selected": String(chat.chat_id === this.chat),
            onclick: () => this.openChat(chat.chat_id),
          },
          chat.title,
          unread > 0 ? h("span.badge", { "aria-label": t("unread", { count: unread }) }, String(unread)) : null,
        );
      }),
    );
  }

  openChat(id) {
    this.chat = id;
    this.drawn.clear();
    this.list.replaceChildren();
    this.show(this.screen);
    this.toEnd();
  }

  showMessages() {
    const chat = this.current();
    const me = this.person.telegram_id;
    const atEnd = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < 60;
    const first = this.drawn.size === 0;
    const seen = new Set();
    let before = null;
    for (const message of chat?.messages ?? []) {
      seen.add(message.message_id);
      const waiting = this.waiting(message.message_id);
      const key = messageKey(message, waiting);
      let drawn = this.drawn.get(message.message_id);
      if (drawn?.key !== key) {
        const fresh = !first && (!drawn || drawn.edits !== message.edits);
        const node = drawMessage(message, {
          me,
          group: chat.type !== "private",
          waiting,
          fresh,
          answered: chat.messages.find((other) => other.message_id === message.reply_to),
          acts: { press: (button) => this.press(message, button), command: (text) => this.write(text) },
        });
        if (drawn) drawn.node.replaceWith(node);
        else if (before) before.after(node);
        else this.list.prepend(node);
        drawn = { key, node, edits: message.edits };
        this.drawn.set(message.message_id, drawn);
      }
      before = drawn.node;
    }
    for (const [id, drawn] of this.drawn) {
      if (!seen.has(id)) {
        drawn.node.remove();
        this.drawn.delete(id);
      }
    }
    this.list.classList.toggle("empty", seen.size === 0);
    this.list.dataset.empty = this.screen.person.description || t("empty");
    if (atEnd || first) this.toEnd();
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  /** Data of this message's buttons that wait for the bot's answer. */
  waiting(messageId) {
    return this.screen.taps
      .filter((tap) => tap.chat_id === this.chat && tap.message_id === messageId && !tap.answer && !tap.dropped)
      .map((tap) => tap.data);
  }

  showFoot() {
    const chat = this.current();
    const { blocked, deactivated, started, name } = this.person;
    const kind = deactivated ? "gone" : blocked ? "blocked" : !started ? "new" : `open ${this.chat}`;
    const keyboard = chat?.reply_keyboard && !this.usedKeyboards.has(chat.reply_keyboard_message_id);
    const key = `${kind} ${keyboard ? chat.reply_keyboard_message_id : ""}`;
    if (this.footKey === key) return;
    this.footKey = key;
    if (deactivated) this.foot.replaceChildren(h("p.note", {}, t("deactivated_long", { name })));
    else if (blocked) this.foot.replaceChildren(h("p.note", {}, t("blocked_long", { name })), this.startForm(t("restart")));
    else if (!started) this.foot.replaceChildren(this.startForm(t("start")));
    else {
      const replies = keyboard ? drawReplyKeyboard(chat.reply_keyboard, (button) => this.reply(chat, button)) : null;
      this.foot.replaceChildren(...[this.composer(), replies].filter(Boolean));
    }
  }

  startForm(label) {
    const code = h("input", {
      name: "code",
      autocomplete: "off",
      placeholder: t("invite"),
      "aria-label": t("invite"),
      // An invite works once, so only the first start offers it.
      value: this.person.started ? "" : (this.person.start_payload ?? ""),
    });
    const start = (event) => {
      event.preventDefault();
      const payload = code.value.trim().replace(/^.*[?&]start=/, "");
      this.act("/start", payload ? { payload } : {});
    };
    return h("form.start", { onsubmit: start }, code, h("button.primary", { type: "submit" }, label));
  }

  composer() {
    const text = h("input", { name: "text", autocomplete: "off", placeholder: t("type_here"), "aria-label": t("message") });
    const send = (event) => {
      event.preventDefault();
      const words = text.value.trim();
      if (words) this.write(words);
      text.value = "";
    };
    const tool = (name, label, open) =>
      h("button.icon", { type: "button", "aria-label": label, title: label, onclick: open }, icon(name));
    return h(
      "form.composer",
      { onsubmit: send },
      tool("menu", t("menu"), () => this.openMenu()),
      text,
      tool("clip", t("attach"), () => this.openShare()),
      h("button.send", { type: "submit", "aria-label": t("send") }, icon("send")),
    );
  }

  /** What answered taps since the last look: a toast, or an alert that must be put away. */
  tell() {
    const first = this.told === null;
    this.told ??= new Set();
    for (const tap of this.screen.taps) {
      const over = tap.answer || tap.dropped;
      if (!over || this.told.has(tap.callback_query_id)) continue;
      this.told.add(tap.callback_query_id);
      if (first) continue;
      if (tap.dropped) this.toast(t("gave_up"));
      else if (tap.answer.text && tap.answer.show_alert) this.alert(tap.answer.text);
      else if (tap.answer.text) this.toast(tap.answer.text);
    }
  }

  toast(text) {
    const toast = h("div.toast", { role: "status" }, text);
    this.overlay.append(toast);
    setTimeout(() => toast.remove(), 4000);
  }

  alert(text) {
    const ok = h("button.primary", { type: "button", onclick: () => box.remove() }, t("alert_ok"));
    const box = h("div.alert", { role: "alertdialog", "aria-label": text }, h("div", {}, h("p", {}, text), ok));
    this.overlay.append(box);
    ok.focus({ preventScroll: true });
  }

  sheet(...entries) {
    const close = () => box.remove();
    const box = h(
      "div.sheet",
      { onclick: (event) => event.target === box && close() },
      h(
        "div",
        { role: "menu" },
        ...entries,
        h("button.entry.cancel", { type: "button", onclick: close }, t("cancel")),
      ),
    );
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (!step || event.target.matches("input:not([type=checkbox])")) return;
      event.preventDefault();
      const keys = [...box.querySelectorAll("button")];
      keys[(keys.indexOf(document.activeElement) + step + keys.length) % keys.length].focus();
    });
    this.overlay.append(box);
    box.querySelector("button")?.focus({ preventScroll: true });
    return close;
  }

  entry(label, note, deed) {
    const run = (event) => {
      event.currentTarget.closest(".sheet").remove();
      deed();
    };
    return h("button.entry", { type: "button", role: "menuitem", onclick: run }, h("b", {}, label), note ? h("span", {}, note) : null);
  }

  openMenu() {
    const menu = this.person.menu ?? [];
    if (menu.length === 0) this.sheet(h("p.note", {}, t("menu_empty")));
    else this.sheet(...menu.map((item) => this.entry(`/${item.command}`, item.description, () => this.write(`/${item.command}`))));
  }

  openShare() {
    openShare(this);
  }

  openMore() {
    const { blocked, deactivated, started, name } = this.person;
    const entries = [];
    if (!deactivated && started && !blocked) entries.push(this.entry(t("block"), null, () => this.act("/block", {})));
    if (!deactivated && blocked) entries.push(this.entry(t("unblock"), null, () => this.act("/unblock", {})));
    if (!deactivated) {
      entries.push(
        this.entry(t("deactivate"), null, () => confirm(t("deactivate_ask", { name })) && this.act("/deactivate", {})),
      );
    }
    this.sheet(h("p.note", {}, `${name} · id ${this.person.telegram_id}`), ...entries);
  }

  write(text) {
    this.toEnd();
    return this.act("/message", { text, chat_id: this.chat });
  }

  reply(chat, button) {
    const markup = chat.reply_keyboard;
    if (markup.one_time_keyboard) {
      this.usedKeyboards.add(chat.reply_keyboard_message_id);
    }
    if (button.request_contact) {
      if (confirm(t("contact_ask", { phone: this.person.phone ?? "–" }))) this.act("/contact");
    } else if (button.request_location) this.act("/location", this.here());
    else this.write(typeof button === "string" ? button : button.text);
  }

  /** Where his phone says that he is: at the site of his newest job. */
  here() {
    const { latitude, longitude } = siteOf(this.current()) ?? CITY;
    return { latitude, longitude, horizontal_accuracy: 10 };
  }

  press(message, button) {
    if (button.url) {
      window.open(button.url, "_blank", "noopener");
      shout(t("opened", { url: button.url }));
    } else if (button.copy_text) {
      navigator.clipboard?.writeText(button.copy_text.text).catch(() => {});
      this.toast(t("copied", { text: button.copy_text.text }));
    } else if (button.callback_data) {
      this.act("/tap", { chat_id: this.chat, message_id: message.message_id, data: button.callback_data });
    }
  }

  act(deed, body) {
    return attempt(() => post(`${this.path}${deed}`, body));
  }

  unreadIn(chat) {
    const last = this.read.get(chat.chat_id);
    if (last === undefined) return 0;
    return chat.messages.filter((message) => message.from !== this.person.telegram_id && message.message_id > last).length;
  }

  /** What is on the screen counts as read; a chat seen for the first time was read before. */
  markRead() {
    const visible = this.element.isConnected && this.element.offsetParent !== null && !document.hidden;
    for (const chat of this.screen.chats) {
      const last = chat.messages.at(-1)?.message_id ?? 0;
      const known = this.read.has(chat.chat_id);
      if (!known || (visible && chat.chat_id === this.chat)) this.read.set(chat.chat_id, last);
    }
    this.unread = this.screen.chats.reduce((sum, chat) => sum + this.unreadIn(chat), 0);
    this.onread(this);
  }
}
