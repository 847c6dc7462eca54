// What the panel does beyond links and forms. Every screen works without this file.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);

  // The dot that says whether the page is live.
  const live = (state) => all("[data-live]").forEach((dot) => { dot.dataset.state = state; });
  document.addEventListener("htmx:sse:after:connection", () => live("on"));
  document.addEventListener("htmx:sse:before:connection", (event) => { if (event.detail.connection.attempt > 0) live("off"); });
  document.addEventListener("htmx:sse:error", () => live("off"));
  document.addEventListener("htmx:sse:close", () => live("off"));
  addEventListener("offline", () => live("off"));
  // The extension retries a stream that broke, not one that never began.
  document.addEventListener("htmx:error", (event) => {
    const source = event.detail?.ctx?.sourceElement;
    if (!source?.hasAttribute("hx-sse:connect")) return;
    live("off");
    setTimeout(() => { if (source.isConnected) source.dispatchEvent(new Event("live-again")); }, 3000);
  });

  // A card that changed is lit once: compare what each card said before and after a swap.
  const said = () => new Map(all("[data-card]").map((card) => [card.dataset.card, card.dataset.version]));
  let before = said();
  document.addEventListener("htmx:after:swap", () => {
    all("[data-card]").forEach((card) => {
      if (before.get(card.dataset.card) === card.dataset.version) return;
      card.classList.remove("changed");
      void card.offsetWidth;
      card.classList.add("changed");
      card.addEventListener("animationend", () => card.classList.remove("changed"), { once: true });
    });
    before = said();
  });

  // Emergencies: in the tab's title on every page, and heard once someone has asked for it (browsers want a click).
  const plain = document.title.replace(/^\(\d+\) .*? · /, "");
  const alarms = () => new Set(all("[data-alarm]").map((alarm) => alarm.dataset.alarm));
  const waiting = () => Number(document.getElementById("alarms")?.dataset.count ?? 0);
  let heard = alarms(), counted = waiting(), ears = null;
  const beep = () => {
    const [tone, volume] = [ears.createOscillator(), ears.createGain()];
    tone.connect(volume).connect(ears.destination);
    for (const [n, pitch] of [880, 660, 880, 660].entries()) tone.frequency.setValueAtTime(pitch, ears.currentTime + n * .2);
    volume.gain.setValueAtTime(.25, ears.currentTime);
    volume.gain.exponentialRampToValueAtTime(.001, ears.currentTime + .9);
    tone.start();
    tone.stop(ears.currentTime + .9);
  };
  const listens = () => ears?.state === "running";
  const shows = () => all("[data-sound]").forEach((button) => {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(listens()));
  });
  const listen = async () => {
    ears ??= new AudioContext();
    await ears.resume();
    shows();
  };
  document.addEventListener("click", async (event) => {
    if (!event.target.closest("[data-sound]")) return;
    if (listens()) {
      localStorage.removeItem("sound");
      await ears.suspend();
      shows();
      return;
    }
    localStorage.setItem("sound", "on");
    await listen();
    beep();
  });
  // Whoever asked for it on another page hears it from the first touch of this one on.
  if (localStorage.getItem("sound")) {
    for (const kind of ["pointerdown", "keydown"]) {
      document.addEventListener(kind, (event) => {
        if (!event.target.closest?.("[data-sound]") && localStorage.getItem("sound") && !listens()) listen();
      }, { once: true });
    }
  }
  document.addEventListener("htmx:after:swap", () => {
    const mark = document.getElementById("alarms");
    const [now, count] = [alarms(), waiting()];
    document.title = count ? `(${count}) ${mark.dataset.word} · ${plain}` : plain;
    if (listens() && (count > counted || [...now].some((alarm) => !heard.has(alarm)))) beep();
    heard = now;
    counted = count;
  });
  shows();

  // What was just added is written next; once, and not at the next swap.
  document.addEventListener("htmx:after:swap", () => {
    const next = one("[data-focus]");
    if (!next) return;
    next.removeAttribute("data-focus");
    next.focus();
  });

  // A chat shows its newest words, also after a swap, unless somebody is reading further up.
  let above = null;
  document.addEventListener("scroll", ({ target: chat }) => {
    if (!chat.matches?.(".chat")) return;
    above = chat.scrollHeight - chat.scrollTop - chat.clientHeight > 40 ? chat.scrollTop : null;
  }, true);
  const newest = () => all(".chat").forEach((chat) => { chat.scrollTop = above ?? chat.scrollHeight; });
  document.addEventListener("htmx:after:swap", newest);
  newest();

  // Copy buttons name the field they copy.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    const text = field.value ?? field.textContent.trim();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      field.select?.();
      document.execCommand("copy");
    }
    button.dataset.copied = "";
    setTimeout(() => delete button.dataset.copied, 2000);
  });

  // "-6.2, 106.8" pasted into one coordinate fills both.
  document.addEventListener("paste", (event) => {
    const first = event.target.closest?.("[data-coordinates]");
    const both = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(event.clipboardData?.getData("text") ?? "");
    const second = first && document.getElementById(first.dataset.coordinates);
    if (!both || !second) return;
    event.preventDefault();
    first.value = both[1];
    second.value = both[2];
  });

  // Leaving a form that was filled in asks first; so does leaving one that came back with what is wrong with it.
  const dirty = (form) => { if (form) form.dataset.dirty = ""; };
  document.addEventListener("input", (event) => dirty(event.target.closest("form[data-guard]")));
  document.addEventListener("submit", (event) => { delete event.target.dataset.dirty; });
  addEventListener("beforeunload", (event) => { if (one("form[data-dirty]")) event.preventDefault(); });
  if (one("[data-summary]")) dirty(one("form[data-guard]"));

  // A connection that is lost is told, and what was typed stays where it is.
  const tell = (what, is) => all(`[data-${what}]`).forEach((banner) => { banner.hidden = !is; });
  const lost = (is) => tell("lost", is);
  addEventListener("offline", () => lost(true));
  addEventListener("online", () => lost(false));
  document.addEventListener("htmx:after:swap", () => lost(!navigator.onLine));
  document.addEventListener("htmx:error", (event) => {
    const { sourceElement: source, response } = event.detail?.ctx ?? {};
    if (source && !response && !source.hasAttribute("hx-sse:connect")) lost(true);
  });
  // Whatever took somebody time is only let go when the service is there to take it.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || !form.matches("[data-guard], :has(textarea)")) return;
    if (form.dataset.sure) { delete form.dataset.sure; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const answer = await fetch("/panel/here", { cache: "no-store", headers: { "HX-Request": "true" } }).catch(() => null);
    const out = answer?.status === 401;
    tell("signed-out", out);
    lost(!answer?.ok && !out);
    if (!answer?.ok) { one(out ? "[data-signed-out]" : "[data-lost]")?.scrollIntoView({ block: "nearest" }); return; }
    form.dataset.sure = "1";
    form.requestSubmit(event.submitter);
    delete form.dataset.sure;
  }, true);

  // A form is sent once, however often the button is pressed.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post" || event.defaultPrevented) return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
    // A file takes its time: the button says so.
    const button = event.target.dataset.busy && one(".button.primary", event.target);
    if (!button) return;
    button.dataset.label = button.textContent;
    button.textContent = event.target.dataset.busy;
    button.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    all("form[data-sent]").forEach((form) => delete form.dataset.sent);
    all("[aria-busy][data-label]").forEach((button) => { button.textContent = button.dataset.label; button.removeAttribute("aria-busy"); });
  });

  // What is too large is told before it is sent.
  document.addEventListener("change", (event) => {
    const field = event.target.closest?.("input[type=file][data-most]");
    if (!field) return;
    const over = [...field.files].some((file) => file.size > Number(field.dataset.most));
    field.setCustomValidity(over ? field.dataset.tooLarge : "");
    if (over) field.reportValidity();
  });

  // Keyboard.
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  const move = (step) => {
    const rows = all("[data-row]").filter((row) => row.offsetParent !== null);
    if (!rows.length) return;
    const at = rows.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const keys = {
    "/": () => one("[data-search]")?.focus(),
    n: () => one("[data-key-new]")?.click(),
    j: () => move(1),
    k: () => move(-1),
    "?": () => document.getElementById("keys")?.showPopover(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      if (typing(event.target)) { event.target.blur(); return; }
      if (!one(":popover-open, dialog:modal")) one("[data-key-close]")?.click();
      return;
    }
    if (typing(event.target) || one("dialog:modal, .dialog:popover-open")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // Of tabs that do not all fit, the one that is open is seen.
  one(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

  // The error summary is read first.
  one("[data-summary]")?.focus();
})();
