// The page: who is there, whose phones are open, and the stream of hints that keeps them fresh.

import { CustomerPane } from "./customer.js";
import { attempt, avatar, get, h, post, shout } from "./dom.js";
import { Pane } from "./pane.js";
import { openAdd, openViolations, race } from "./dialogs.js";
import { Tale } from "./tale.js";
import { STEPS } from "./visit.js";
import { lang, otherLanguage, t } from "./words.js";

const byId = (id) => document.getElementById(id);
/** Phones that are open at first on a wide screen. */
const OPEN = 6;
/** The steps of the story, by their words. */
const STORY = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17];
const panes = new Map();
let people = [];
let customers = [];
let active = null;
/** Whether the office takes part in the story that plays by itself. */
let office = false;

function label() {
  document.documentElement.lang = lang;
  byId("race").lastElementChild.textContent = t("race");
  byId("race").title = t("race_hint");
  byId("violations").lastElementChild.textContent = t("rules_broken");
  byId("panel").lastElementChild.textContent = t("open_panel");
  for (const link of [byId("lang"), byId("lang-side")]) {
    link.textContent = t("language");
    link.href = otherLanguage();
  }
  byId("people-title").textContent = t("people");
  byId("story-title").textContent = t("story");
  byId("service-title").textContent = t("service");
  byId("paused").nextElementSibling.textContent = t("pause");
  for (const button of byId("clock").querySelectorAll("button")) {
    button.textContent = t(`clock_${button.dataset.minutes}`);
    button.title = t("clock_hint");
  }
  byId("add").lastElementChild.textContent = t("add");
  byId("open-side").setAttribute("aria-label", t("open_side"));
  byId("panes").dataset.empty = t("nobody");
  byId("story").replaceChildren(...STORY.map((step) => h("li", {}, t(`story_${step}`))));
  byId("play").textContent = t("play");
  byId("play").title = t("play_hint");
}

const keyOf = (person) => person.telegram_id ?? `wa${person.id}`;
const isCustomer = (person) => person.telegram_id === undefined;

/** Everyone with a phone: customers stand beside the first technicians. */
const everyone = () => [...people.slice(0, 2), ...customers, ...people.slice(2)];

async function loadPeople() {
  const [staff, others] = await Promise.all([get("/people"), get("/whatsapp/people")]);
  people = staff.people;
  customers = others.people;
  const known = new Set(everyone().map(keyOf));
  for (const [key, pane] of panes) {
    if (known.has(key)) continue;
    pane.element.remove();
    panes.delete(key);
  }
  for (const person of everyone()) {
    if (panes.size < OPEN && !person.folded && !panes.has(keyOf(person))) open(person);
  }
  byId("panes").classList.toggle("empty", panes.size === 0);
  if (!panes.has(active)) active = panes.keys().next().value ?? null;
  drawPeople();
}

function open(person) {
  const pane = isCustomer(person) ? new CustomerPane(person, { onread: drawPeople }) : new Pane(person, { onread: drawPeople });
  panes.set(pane.key, pane);
  byId("panes").append(pane.element);
  byId("panes").classList.remove("empty");
}

function choose(person) {
  const key = keyOf(person);
  if (!panes.has(key)) open(person);
  active = key;
  drawPeople();
  const pane = panes.get(active);
  pane.element.scrollIntoView({ inline: "center", block: "nearest", behavior: "smooth" });
  pane.element.classList.add("called");
  setTimeout(() => pane.element.classList.remove("called"), 1600);
  byId("side").classList.remove("on");
  pane.refresh();
}

function drawPeople() {
  for (const [id, pane] of panes) pane.element.classList.toggle("active", id === active);
  byId("people").replaceChildren(...everyone().map((person) => h("li", {}, personButton(person, true))));
  const shown = everyone().filter((person) => panes.has(keyOf(person)));
  byId("tabs").replaceChildren(...shown.map((person) => personButton(person, false)));
}

function personButton(person, long) {
  const unread = panes.get(keyOf(person))?.unread ?? 0;
  const hint = isCustomer(person) ? "customer" : person.role_hint;
  const role = hint ? t(`role_${hint}`) : "";
  return h(
    "button",
    {
      type: "button",
      "aria-current": keyOf(person) === active ? "true" : null,
      onclick: () => choose(person),
    },
    avatar(person.name, person.telegram_id ?? person.id),
    h("span.who", {}, h("b", {}, long ? person.name : person.name.split(" ")[0]), long ? h("span", {}, role) : null),
    unread > 0 ? h("span.badge", { "aria-label": t("unread", { count: unread }) }, String(unread)) : null,
  );
}

async function loadBot() {
  const [bot, number] = await Promise.all([get("/bot"), get("/whatsapp")]);
  const broken = bot.violations + number.violations;
  byId("violations").firstElementChild.nextElementSibling.textContent = String(broken);
  byId("violations").classList.toggle("bad", broken > 0);
  const panel = byId("panel");
  panel.hidden = !bot.panel_url;
  if (bot.panel_url) panel.href = bot.panel_url;
  office = bot.office;
  byId("clock").hidden = !bot.clock_moves;
  byId("clock").firstElementChild.textContent = new Date(bot.now * 1000).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
  byId("paused").checked = bot.paused;
  const mode = bot.webhook.url ? t("mode_webhook") : bot.polls > 0 ? t("mode_polling") : t("mode_none");
  byId("service").replaceChildren(
    ...[
      [t("delivery"), mode],
      [t("pending"), String(bot.pending)],
      [t("calls"), String(bot.calls)],
      ["WhatsApp", t(number.webhook ? "mode_webhook" : "mode_none")],
      [t("pending"), String(number.pending)],
      [t("calls"), String(number.calls)],
    ].flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
  );
}

/** Runs a task soon, once for all who ask for it meanwhile. */
function folded(task, ms) {
  let timer;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      attempt(task);
    }, ms);
  };
}

const soonBot = folded(loadBot, 300);
const soonPeople = folded(loadPeople, 100);

function refreshAll() {
  soonPeople();
  soonBot();
  for (const pane of panes.values()) pane.refresh();
}

function hint({ kind, id }) {
  soonBot();
  if (kind === "chat") {
    for (const pane of panes.values()) {
      const sees = id === pane.key || pane.screen?.chats?.some((chat) => chat.chat_id === id);
      if (sees) pane.refresh();
    }
  } else if (kind === "customer") {
    const pane = panes.get(`wa${id}`);
    if (pane) pane.refresh();
    else if (!customers.some((person) => person.id === id)) soonPeople();
  } else if (kind === "person") {
    panes.get(id)?.refresh();
  } else if (kind === "people") {
    soonPeople();
    for (const pane of panes.values()) pane.refresh();
  } else if (kind === "bot" || kind === "reset" || kind === "lagged") {
    refreshAll();
  }
}

let tale = null;

/** Plays the whole story, or stops the one that is being played. */
async function play() {
  if (tale) {
    tale.stop();
    return;
  }
  const steps = [...byId("story").children];
  const told = byId("play-told");
  const tell = (text, bad) => {
    told.textContent = text;
    told.classList.toggle("bad", Boolean(bad));
  };
  const step = (number) => {
    steps.forEach((item, at) => {
      item.classList.toggle("over", at < number && at >= (office ? STEPS.register : STEPS.claim));
      if (at === number) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    tell(t("play_step", { step: t(`story_${number + 1}`) }));
  };
  tale = new Tale({ people, customers, office }, { step, actor: choose });
  byId("play").textContent = t("play_stop");
  try {
    const over = await tale.play();
    steps.forEach((item) => item.removeAttribute("aria-current"));
    if (over) steps[office ? STEPS.rate : STEPS.leave].classList.add("over");
    tell(t(over ? "play_over" : "play_stopped"));
  } catch (error) {
    tell(error.message, true);
    shout(error.message);
  }
  tale = null;
  byId("play").textContent = t("play");
}

function listen() {
  const live = byId("live");
  const say = (on) => {
    live.classList.toggle("on", on);
    live.lastElementChild.textContent = t(on ? "connected" : "reconnecting");
  };
  say(false);
  const stream = new EventSource("/sim/api/events");
  stream.addEventListener("hello", () => {
    say(true);
    refreshAll();
  });
  stream.addEventListener("hint", (event) => hint(JSON.parse(event.data)));
  stream.addEventListener("error", () => say(false));
}

label();
listen();
byId("play").addEventListener("click", play);
byId("race").addEventListener("click", () => attempt(() => race([...panes.values()].filter((pane) => !isCustomer(pane.person)), people)));
byId("violations").addEventListener("click", () => attempt(openViolations));
byId("add").addEventListener("click", () => openAdd(people, customers));
byId("clock").addEventListener("click", (event) => {
  const minutes = Number(event.target.dataset.minutes);
  if (minutes) attempt(() => post("/clock", { minutes }));
});
byId("paused").addEventListener("change", (event) => attempt(() => post(event.target.checked ? "/pause" : "/resume")));
byId("open-side").addEventListener("click", () => byId("side").classList.toggle("on"));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) for (const pane of panes.values()) pane.refresh();
});
document.addEventListener("click", (event) => {
  const side = byId("side");
  if (!side.contains(event.target) && !byId("open-side").contains(event.target)) side.classList.remove("on");
});
