// Turns a message's text and its entities into elements. Offsets are UTF-16 units, as in JavaScript's strings.

import { h } from "./dom.js";

const TAGS = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  spoiler: "span.spoiler",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

/** The text as nodes; `command` is called with a command that is clicked. */
export function rich(text, entities, command) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return within(text, 0, text.length, sorted, command);
}

function within(text, from, to, entities, command) {
  const nodes = [];
  let at = from;
  let rest = entities;
  while (rest.length > 0) {
    const [first, ...others] = rest;
    const begin = Math.max(first.offset, at);
    const end = Math.min(first.offset + first.length, to);
    rest = others;
    if (begin >= end) continue;
    if (begin > at) nodes.push(text.slice(at, begin));
    const inside = others.filter((other) => other.offset < end);
    rest = others.filter((other) => other.offset >= end);
    const node = element(first, text.slice(begin, end), command);
    node.append(...within(text, begin, end, inside, command));
    nodes.push(node);
    at = end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function element(entity, words, command) {
  if (entity.type === "text_link") {
    return h("a", { href: safe(entity.url), target: "_blank", rel: "noopener noreferrer" });
  }
  if (entity.type === "bot_command") {
    return h("button.command", { type: "button", onclick: () => command(words) });
  }
  if (entity.type === "spoiler") {
    return h("span.spoiler", { tabindex: 0, onclick: (event) => event.currentTarget.classList.add("told") });
  }
  return h(TAGS[entity.type] ?? "span");
}

function safe(url) {
  return /^(https?|tg):/i.test(url) ? url : `https://${url}`;
}
