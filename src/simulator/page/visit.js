// Plays one whole visit by itself: claim, check-in, photos, BAST, check-out, pressing what the bot's buttons say.

import { get, post } from "./dom.js";
import { Play } from "./play.js";
import { CITY, fresh, north, paper, siteOf } from "./share.js";
import { t } from "./words.js";

/** Labels in both languages of the bot. */
const CLAIM = /ambil job|take job/i;
const CHECK_IN = /check-in/i;
const EVIDENCE = /upload (bukti|evidence)/i;
const BAST = /upload bast/i;
const FINISH = /selesai|done/i;
const LEAVE = /🏁 check-out|^check-out/i;
/** What the bot says of a job that is over. */
const OVER = /selesai|done/i;
const CONFIRM = /ya, check-out|yes, check out/i;

/** Which steps of the story play by themselves. */
export const STEPS = { register: 7, report: 8, accept: 9, claim: 10, checkIn: 11, evidence: 12, bast: 13, leave: 14, rate: 15 };

/** One visit: of this ticket, or of whichever is offered. */
export class Visit extends Play {
  constructor(people, on, ticket) {
    super(on);
    this.people = people.filter((person) => person.started && !person.blocked && !person.deactivated);
    this.ticket = ticket;
  }

  async run() {
    await this.claim();
    await this.checkIn();
    await this.upload(STEPS.evidence, EVIDENCE, () =>
      this.do("/album", { items: [1, 2, 3].map(() => ({ kind: "photo", seed: fresh() })) }),
    );
    await this.upload(STEPS.bast, BAST, () =>
      this.do("/file", { kind: "document", file_name: "bast.pdf", base64: paper(this.ticket) }),
    );
    await this.leave();
  }

  async claim() {
    this.on.step(STEPS.claim);
    const offers = [];
    for (const person of this.people) {
      this.person = person;
      const screen = await this.screen();
      const open = newest(screen, CLAIM, isToday);
      const mine = newest(screen, CHECK_IN, isToday);
      if (mine) offers.push({ person, found: mine, mine: true });
      else if (open) offers.push({ person, found: open, mine: false });
    }
    offers.sort((a, b) => Number(a.mine) - Number(b.mine) || b.found.at - a.found.at);
    for (const { person, found, mine } of offers) {
      this.person = person;
      this.on.actor(person);
      if (!mine) await this.pause();
      // Somebody may have all that he can do on that day.
      if (!mine && (await this.tap(found))?.show_alert) continue;
      this.ticket = ticketOf(found);
      await this.until(CHECK_IN, t("play_claim"));
      await this.pause();
      return;
    }
    throw new Error(t("play_no_offer"));
  }

  async checkIn() {
    this.on.step(STEPS.checkIn);
    const site = siteOf((await this.screen()).chat) ?? CITY;
    const said = await this.press(CHECK_IN, t("play_check_in"));
    if (said?.show_alert) throw new Error(said.text);
    await this.pause();
    const live = await this.do("/location", { ...north(site, 70), horizontal_accuracy: 45, live_period: 900 });
    await this.pause();
    await this.do("/location/move", { message_id: live.message_id, ...north(site, 6), horizontal_accuracy: 8 });
    await this.until(EVIDENCE, t("play_checked_in"));
    await this.pause();
    await this.do("/location/stop", { message_id: live.message_id });
  }

  /** Opens an upload, sends, waits until the bot has counted it, and ends the upload. */
  async upload(step, label, send) {
    this.on.step(step);
    await this.press(label, t("play_upload"));
    const prompt = await this.until(FINISH, t("play_prompt"));
    await this.pause();
    await send();
    await this.wait(t("play_counted"), async () => {
      const now = (await this.screen()).chat.messages.find((message) => message.message_id === prompt.message_id);
      return now && (now.text !== prompt.text || now.deleted) ? now : null;
    });
    await this.pause();
    // The card counts on while files are fetched; what is pressed is the newest one.
    await this.press(FINISH, t("play_prompt"));
    await this.pause();
  }

  async leave() {
    this.on.step(STEPS.leave);
    await this.press(LEAVE, t("play_check_out"));
    const asked = await this.until(CONFIRM, t("play_confirm"));
    await this.pause();
    const { now } = await this.screen();
    await this.tap(asked);
    // What was said before is no answer, whatever words are in it.
    await this.wait(t("play_done"), async () => {
      const { chat } = await this.screen();
      const told = chat.messages.filter((message) => message.from === "bot" && message.text.includes(this.ticket));
      return told.find((message) => (message.edited_at ?? message.at) >= now && OVER.test(message.text));
    });
  }

  do(path, body) {
    this.check();
    return post(`/people/${this.person.telegram_id}${path}`, body);
  }

  async screen() {
    this.check();
    const { chats, taps, now } = await get(`/people/${this.person.telegram_id}/chats?limit=60`);
    const chat = chats.find((one) => one.chat_id === this.person.telegram_id) ?? { messages: [] };
    return { chat, taps, now, ticket: this.ticket };
  }

  async press(label, what) {
    return this.tap(await this.until(label, what));
  }

  /** Presses a button; answers what the bot showed for it. */
  async tap({ message_id, data }) {
    const { callback_query_id: query } = await this.do("/tap", { message_id, data });
    const { answer } = await this.wait(t("play_answer"), async () => {
      const { taps } = await this.screen();
      return taps.find((tap) => tap.callback_query_id === query && (tap.answer || tap.dropped));
    });
    return answer;
  }

  until(label, what) {
    return this.wait(what, async () => newest(await this.screen(), label));
  }
}

const ticketOf = (message) => message.text.match(/[A-Z]{2,5}-\d+/)?.[0] ?? "";

/** Whether a card is of a visit that can begin now: today's, or one without a date. */
function isToday(message) {
  const day = { day: "numeric", month: "long", year: "numeric", timeZone: "Asia/Jakarta" };
  const today = ["id-ID", "en-GB"].map((locale) => new Intl.DateTimeFormat(locale, day).format(new Date()));
  return !/\d{1,2} \p{L}+ 20\d\d/u.test(message.text) || today.some((words) => message.text.includes(words));
}

/** The message that changed last among those with such a button, about this ticket once it is known. */
function newest({ chat, ticket }, label, fits = () => true) {
  let best = null;
  for (const message of chat.messages) {
    if (message.deleted || message.from !== "bot" || (ticket && !message.text.includes(ticket)) || !fits(message)) continue;
    const button = (message.inline_keyboard ?? []).flat().find((one) => one.callback_data && label.test(one.text));
    const at = message.edited_at ?? message.at;
    if (button && (!best || at > best.at)) best = { ...message, at, data: button.callback_data };
  }
  return best;
}
