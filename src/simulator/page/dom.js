// Small tools for making elements and for talking to the control API.

/** Makes an element: `h("button.primary", { type: "button", onclick }, children…)`. Text stays text. */
export function h(what, attributes = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag || "div");
  element.classList.add(...classes);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An icon of the page's sprite. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  svg.setAttribute("aria-hidden", "true");
  return svg;
}

async function call(method, path, body) {
  const answer = await fetch(`/sim/api${path}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(value.error ?? `${answer.status}`);
  return value;
}

export const get = (path) => call("GET", path);
export const post = (path, body) => call("POST", path, body);
export const remove = (path) => call("DELETE", path);

let hiding;

/** Says something for a moment at the foot of the page. */
export function shout(text) {
  const place = document.getElementById("shout");
  place.textContent = text;
  place.classList.add("on");
  clearTimeout(hiding);
  hiding = setTimeout(() => place.classList.remove("on"), 4500);
}

/** Runs a deed and says what went wrong, if it did. */
export async function attempt(deed) {
  try {
    return await deed();
  } catch (error) {
    shout(error.message);
    return undefined;
  }
}

/** Initials and a colour that stay the same for a name. */
export function avatar(name, id) {
  const letters = name.split(/\s+/).map((word) => [...word][0] ?? "").slice(0, 2).join("");
  const hue = Math.abs(id) % 8;
  return h(`span.avatar.hue-${hue}`, { "aria-hidden": "true" }, letters.toUpperCase());
}
