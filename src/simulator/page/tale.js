// Plays the whole story by itself: somebody registers and reports, the office makes a ticket of it, a technician
// comes, and the customer gives stars. Where no office takes part, only the visit is played.

import { get, post } from "./dom.js";
import { Play, Stopped } from "./play.js";
import { CITY, fresh, north } from "./share.js";
import { STEPS, Visit } from "./visit.js";
import { t } from "./words.js";

/** Labels in both languages of the company. */
const AGREE = /^setuju|i agree/i;
const USE_NAME = /pakai nama ini|use this name/i;
const PLACE = /kirim alamat lengkap|send the full address/i;
const LANDMARK = /lokasi diterima|location received/i;
const OWN_PHONE = /ya, nomor ini|yes, this number/i;
const SAVE = /simpan|save/i;
const REPORT = /lapor masalah|report a problem/i;
const PROBLEM = /apa masalahnya|what is wrong|what is the problem/i;
const SEND = /kirim laporan|send the report/i;
const TAKEN = /LAP-\d+/;
const STARS = /⭐{5}/;
const THANKS = /terima kasih atas penilaian|thank you for/i;
/** Who comes next. */
const NAMES = ["Wulan Sari", "Yoga Pratama", "Nadia Safitri", "Fajar Nugroho"];

export class Tale extends Play {
  constructor({ people, customers, office }, on) {
    super(on);
    this.people = people;
    this.customers = customers;
    this.office = office;
    this.visit = null;
    this.seen = 0;
  }

  stop() {
    super.stop();
    this.visit?.stop();
  }

  async run() {
    if (this.office) {
      await this.register();
      await this.report();
      await this.accept();
    }
    this.visit = new Visit(this.people, this.on, this.ticket?.number);
    if (!(await this.visit.play())) throw new Stopped();
    if (this.office) await this.rate();
  }

  async register() {
    this.on.step(STEPS.register);
    const id = Math.max(0, ...this.customers.map((customer) => customer.id)) + 1;
    this.person = { id, name: NAMES[id % NAMES.length], phone: `62857${String(20_000_000 + (fresh() % 9_000_000))}` };
    await post("/whatsapp/people", this.person);
    await this.pause();
    this.on.actor(this.person);
    await this.says("Halo");
    await this.presses(AGREE);
    await this.presses(USE_NAME);
    await this.hears(PLACE);
    await this.sends("/location", north(CITY, 40));
    await this.hears(LANDMARK);
    await this.says("Jl. Melati No. 5 RT 03/02, Coblong, Bandung");
    await this.presses(OWN_PHONE);
    await this.presses(SAVE);
  }

  async report() {
    this.on.step(STEPS.report);
    await this.presses(REPORT);
    await this.hears(PROBLEM);
    await this.says("AC kamar tidak dingin dan meneteskan air");
    await this.choice(SEND);
    await this.do("/file", { kind: "image", seed: fresh() });
    await this.presses(SEND);
    await this.hears(TAKEN);
  }

  async accept() {
    this.on.step(STEPS.accept);
    await this.pause();
    this.ticket = await post("/office/ticket", { name: this.person.name });
    await this.hears(new RegExp(this.ticket.number));
    await this.pause();
  }

  async rate() {
    this.on.step(STEPS.rate);
    this.on.actor(this.person);
    await this.pause();
    await post("/office/close", { id: this.ticket.id });
    await this.presses(STARS);
    await this.presses(STARS);
    await this.hears(THANKS);
  }

  do(path, body) {
    this.check();
    return post(`/whatsapp/people/${this.person.id}${path}`, body);
  }

  /** What has arrived since the last deed, newest first. */
  async fresh() {
    this.check();
    const { messages } = await get(`/whatsapp/people/${this.person.id}`);
    this.count = messages.length;
    return messages.slice(this.seen).filter((message) => message.from_business).reverse();
  }

  says(text) {
    return this.sends("/text", { text });
  }

  async sends(path, body) {
    await this.pause();
    // What was asked before is no answer to this.
    await this.fresh();
    this.seen = this.count;
    await this.do(path, body);
  }

  hears(words) {
    return this.wait(t("play_words"), async () => (await this.fresh()).find((message) => words.test(message.content.text ?? "")));
  }

  choice(title) {
    return this.wait(t("play_choice"), async () => {
      for (const message of await this.fresh()) {
        const choice = message.choices.find((one) => title.test(one.title));
        if (choice) return { message_id: message.id, id: choice.id };
      }
      return null;
    });
  }

  async presses(title) {
    const choice = await this.choice(title);
    await this.sends("/press", choice);
  }
}
