// One customer's phone: the WhatsApp chat with the company, and everything he can send.

import { attempt, avatar, get, h, icon, post, shout } from "./dom.js";
import { drawLetter, letterKey } from "./letter.js";
import { Pane } from "./pane.js";
import { base64, CITY, fresh, north, paper } from "./share.js";
import { t } from "./words.js";

/** Messages that a pane shows. */
const SHOWN = 80;
/** A place where nobody is served: the harbour of Sydney. */
const ABROAD = { latitude: -33.8568, longitude: 151.2153 };

export class CustomerPane extends Pane {
  get key() {
    return `wa${this.person.id}`;
  }

  get path() {
    return `/whatsapp/people/${this.person.id}`;
  }

  frame() {
    this.status = h("span.status");
    this.list = h("ol.messages", { role: "log", "aria-label": this.person.name });
    // A photo is as high as it is only once it has arrived.
    this.list.addEventListener("load", () => this.atEnd && this.toEnd(), true);
    this.scroll = h("div.scroll", { tabindex: 0 }, this.list);
    this.foot = h("div.foot");
    this.overlay = h("div.overlay");
    const more = h("button.icon", { type: "button", "aria-label": t("more"), onclick: () => this.openMore() }, icon("dots"));
    return h(
      "section.pane.wa",
      { "aria-label": this.person.name, "data-customer": this.person.id },
      h(
        "header",
        {},
        avatar(this.person.name, this.person.id),
        h("div.who", {}, h("b", {}, this.person.name, h("span.role", {}, "WhatsApp")), this.status),
        more,
      ),
      this.scroll,
      this.foot,
      this.overlay,
    );
  }

  load() {
    return get(this.path);
  }

  show(screen) {
    this.screen = screen;
    this.person = screen.person;
    this.showHeader();
    this.showMessages();
    this.showFoot();
    this.markRead();
  }

  showHeader() {
    const { offline, unreachable, typing, hides_phone: hides, username, phone } = this.person;
    const who = hides ? (username ?? t("phone_hidden")) : `+${phone}`;
    this.status.textContent = unreachable ? t("unreachable") : offline ? t("phone_off") : typing ? t("company_typing") : who;
    this.status.classList.toggle("warn", Boolean(offline || unreachable));
  }

  showMessages() {
    const messages = this.screen.messages.slice(-SHOWN);
    const atEnd = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < 60;
    const first = this.drawn.size === 0;
    const seen = new Set();
    let before = null;
    for (const message of messages) {
      const key = letterKey(message);
      let drawn = this.drawn.get(message.id);
      if (drawn?.key !== key) {
        const node = drawLetter(message, {
          fresh: !first && !drawn,
          answered: this.screen.messages.find((other) => other.id === message.reply_to),
          acts: this.actsOn(message),
        });
        if (!node) continue;
        if (drawn) drawn.node.replaceWith(node);
        else if (before) before.after(node);
        else this.list.prepend(node);
        drawn = { key, node };
        this.drawn.set(message.id, drawn);
      }
      seen.add(message.id);
      before = drawn.node;
    }
    for (const [id, drawn] of this.drawn) {
      if (seen.has(id)) continue;
      drawn.node.remove();
      this.drawn.delete(id);
    }
    this.list.classList.toggle("empty", seen.size === 0);
    this.list.dataset.empty = t("wa_empty", { business: this.screen.business });
    this.atEnd = atEnd || first;
    if (this.atEnd) this.toEnd();
  }

  actsOn(message) {
    return {
      press: (choice) => this.act("/press", { message_id: message.id, id: choice.id }),
      open: () => this.openList(message),
      go: (url) => {
        window.open(url, "_blank", "noopener");
        shout(t("opened", { url }));
      },
      locate: () => this.act("/location", north(CITY, 40)),
      share: () => this.act("/contacts", {}),
    };
  }

  /** The rows of a list message, by their sections. */
  openList(message) {
    const entries = [h("p.title", {}, message.content.button)];
    let at = 0;
    for (const section of message.content.sections) {
      if (section.title) entries.push(h("p.note", {}, section.title));
      for (const row of message.choices.slice(at, at + section.rows)) {
        entries.push(this.entry(row.title, row.description, () => this.act("/press", { message_id: message.id, id: row.id })));
      }
      at += section.rows;
    }
    this.sheet(...entries);
  }

  showFoot() {
    if (this.footKey) return;
    this.footKey = "open";
    this.foot.replaceChildren(this.composer());
  }

  composer() {
    const form = super.composer();
    form.querySelector("input").maxLength = 65_536;
    return form;
  }

  /** Words that the company understands, ready to be sent or filled in. */
  openMenu() {
    const { name, phone } = this.person;
    const register = `DAFTAR#${name}#Jl. Melati No. 5 RT 03/02, Coblong, Bandung#0${phone.slice(2)}`;
    const word = (text, note) => this.entry(text, note, () => this.write(text));
    const fill = (text, note) =>
      this.entry(text, note, () => {
        const input = this.foot.querySelector("input");
        input.value = text;
        input.focus();
      });
    this.sheet(
      word("Halo", t("word_hello")),
      fill(register, t("word_register")),
      word("MENU", t("word_menu")),
      word("STATUS", t("word_status")),
      word("LAPOR", t("word_report")),
      word("UBAH", t("word_change")),
      word("BATAL", t("word_cancel")),
      word("STOP", t("word_stop")),
      word("MULAI", t("word_start")),
    );
  }

  openMore() {
    const { offline, unreachable, hides_phone: hides, name, id } = this.person;
    const flip = (label, note, body) => this.entry(t(label), note && t(note), () => this.act("/phone", body));
    const heard = this.screen.messages.filter((message) => message.from_business).at(-1);
    const said = this.screen.messages.filter((message) => !message.from_business && message.kind === "text" && !message.revoked).at(-1);
    const entries = [
      flip(offline ? "phone_on_deed" : "phone_off_deed", "phone_off_note", { offline: !offline }),
      flip(hides ? "hide_phone_off" : "hide_phone_on", "hide_phone_note", { hides_phone: !hides }),
      flip(unreachable ? "unreachable_off" : "unreachable_on", "unreachable_note", { unreachable: !unreachable }),
      this.entry(t("change_number"), t("change_number_note"), () => this.changeNumber()),
    ];
    if (heard) entries.unshift(this.entry(t("react"), "👍", () => this.act("/react", { message_id: heard.id, emoji: heard.reaction ? undefined : "👍" })));
    if (said) {
      entries.push(this.entry(t("edit_last"), said.content.text, () => this.editLast(said)));
      entries.push(this.entry(t("revoke_last"), said.content.text, () => this.act("/revoke", { message_id: said.id })));
    }
    this.sheet(h("p.note", {}, `${name} · WhatsApp ${id}`), ...entries);
  }

  changeNumber() {
    const phone = prompt(t("change_number_ask"), `+${this.person.phone.slice(0, -2)}${10 + (fresh() % 90)}`);
    if (phone) this.act("/number", { phone });
  }

  editLast(message) {
    const text = prompt(t("edit_last"), message.content.text);
    if (text) this.act("/edit", { message_id: message.id, text });
  }

  openShare() {
    const tile = (label, note, deed) =>
      h(
        "button.tile",
        {
          type: "button",
          onclick: () => {
            close();
            attempt(deed);
          },
        },
        h("b", {}, t(label)),
        note ? h("span", {}, note) : null,
      );
    const send = (path, body) => this.act(path, body);
    const photo = (caption) => send("/file", { kind: "image", seed: fresh(), caption });
    const picked = h("input", { type: "file", multiple: true, hidden: true });
    picked.addEventListener("change", () => {
      close();
      attempt(() => this.sendPicked([...picked.files]));
    });
    const stranger = [{ name: { formatted_name: "Tetangga", first_name: "Tetangga" }, phones: [{ phone: "+62 812-9999-0000", type: "CELL" }] }];
    const close = this.sheet(
      h("p.title", {}, t("share_file")),
      h(
        "div.tiles",
        {},
        tile("photo", t("photo_made"), () => photo()),
        tile("photo_caption", t("photo_caption_words"), () => photo(t("photo_caption_words"))),
        tile("photos", t("album_made"), async () => {
          for (let count = 0; count < 3; count += 1) await photo();
        }),
        h("button.tile", { type: "button", onclick: () => picked.click() }, h("b", {}, t("photo_pick")), h("span", {}, t("photo_pick_note"))),
        tile("file_pdf", "surat.pdf", () => send("/file", { kind: "document", filename: "surat.pdf", base64: paper("surat") })),
        tile("kind_voice", null, () => send("/file", { kind: "voice" })),
        tile("kind_video", null, () => send("/file", { kind: "video" })),
        tile("kind_sticker", null, () => send("/file", { kind: "sticker" })),
        picked,
      ),
      h("p.title", {}, t("share_other")),
      h(
        "div.tiles",
        {},
        tile("location", t("location_here"), () => send("/location", north(CITY, 40))),
        tile("location_abroad", "Sydney", () => send("/location", ABROAD)),
        tile("contact_send", `+${this.person.phone}`, () => send("/contacts", {})),
        tile("contact_other", t("contact_other_note"), () => send("/contacts", { contacts: stranger })),
        tile("live_whatsapp", t("live_whatsapp_note"), () => send("/other", { type: "unsupported" })),
        tile("forwarded", "STOP", () => send("/text", { text: "STOP", forwarded: "once" })),
      ),
    );
  }

  async sendPicked(files) {
    for (const file of files) {
      const kind = /^image\/(jpeg|png)$/.test(file.type) ? "image" : "document";
      await post(`${this.path}/file`, { kind, filename: file.name, mime_type: file.type || undefined, base64: await base64(file) });
    }
  }

  write(text) {
    this.toEnd();
    return this.act("/text", { text });
  }

  /** What is on the screen is read, and the company sees the ticks turn blue. */
  markRead() {
    const visible = this.element.isConnected && this.element.offsetParent !== null && !document.hidden;
    const unread = this.screen.messages.filter((message) => message.from_business && message.status === "delivered");
    this.unread = visible ? 0 : unread.length;
    if (visible && unread.length > 0) post(`${this.path}/read`, {}).catch(() => {});
    this.onread(this);
  }
}
