// What plays by itself: it waits for what people would see, gives the eye its time, and can be stopped.

import { t } from "./words.js";

/** How long the product may take to show what comes next, and how long the eye needs, in milliseconds. */
const PATIENCE = 25_000;
const PAUSE = 3500;

export class Stopped extends Error {}

/** One play; `on.step(number)` and `on.actor(person)` tell where it stands. */
export class Play {
  constructor(on) {
    this.on = on;
    this.stopped = false;
  }

  stop() {
    this.stopped = true;
  }

  /** Answers true when it is over, false when it was stopped; throws what went wrong. */
  async play() {
    try {
      await this.run();
      return true;
    } catch (error) {
      if (error instanceof Stopped) return false;
      throw error;
    }
  }

  async wait(what, look) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const found = await look();
      if (found) return found;
      if (Date.now() > end) throw new Error(t("play_never", { what }));
      await sleep(350);
    }
  }

  async pause() {
    await sleep(PAUSE);
    this.check();
  }

  check() {
    if (this.stopped) throw new Stopped();
  }
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
