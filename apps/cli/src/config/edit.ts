import { createScanner, type Node, parseTree } from "jsonc-parser";
import { indentAt, type Layout, layoutOf, lineEnd, lineIndent, lineStart, print } from "./layout.ts";
import { type Member, members } from "./tree.ts";

/**
 * Sets one member, given the keys that lead to it, or removes it (`undefined`). Everything else stays byte for byte:
 * comments, order, layout, line ends. jsonc-parser's own `modify` is not used: an entry it adds takes over the comment
 * behind its neighbour, and an entry it removes takes the comments around it along.
 */
export function edit(text: string, keys: readonly string[], value: unknown): string {
  const root = parse(text);
  return value === undefined ? remove(text, root, keys) : set(text, root, keys, value);
}

function set(text: string, root: Node, keys: readonly string[], value: unknown): string {
  let object = root;
  for (const [depth, key] of keys.entries()) {
    const member = members(object).find((one) => one.key === key);
    const rest = keys.slice(depth + 1).reduceRight<unknown>((inner, outer) => ({ [outer]: inner }), value);
    if (member === undefined) return insert(text, object, key, rest, layoutOf(text, root));
    if (depth === keys.length - 1 || member.value.type !== "object") {
      return splice(text, member.value, print(rest, layoutOf(text, root), lineIndent(text, member.node.offset)));
    }
    object = member.value;
  }
  return text;
}

function insert(text: string, object: Node, key: string, value: unknown, layout: Layout): string {
  const last = members(object).at(-1);
  const { eol } = layout;
  if (last === undefined) return insertFirst(text, object, key, value, layout);
  const end = last.node.offset + last.node.length;
  const indent = indentAt(text, last.node.offset);
  const entry = `${JSON.stringify(key)}: ${print(value, layout, indent ?? lineIndent(text, last.node.offset))}`;
  // On one line: the new entry follows there.
  if (indent === undefined) return `${text.slice(0, end)}, ${entry}${text.slice(end)}`;
  // Behind the comma comes what the line says about its own entry; the new one has a line of its own.
  const line = ownLineEnd(text, object, end);
  return `${text.slice(0, end)},${text.slice(end, line)}${eol}${indent}${entry}${text.slice(line)}`;
}

function insertFirst(text: string, object: Node, key: string, value: unknown, layout: Layout): string {
  const outer = lineIndent(text, object.offset);
  const inner = outer + layout.step;
  const open = object.offset + 1;
  const close = object.offset + object.length - 1;
  const entry = `${layout.eol}${inner}${JSON.stringify(key)}: ${print(value, layout, inner)}`;
  const between = text.slice(open, close);
  if (between.trim() === "") return `${text.slice(0, open)}${entry}${layout.eol}${outer}${text.slice(close)}`;
  const tail = /\n[ \t]*$/.test(between) ? between : `${between}${layout.eol}${outer}`;
  const body = tail.trimEnd();
  return `${text.slice(0, open)}${body}${entry}${tail.slice(body.length)}${text.slice(close)}`;
}

/** The end of the line an entry ends on, or the entry's own end where the object or a long comment goes on behind it. */
function ownLineEnd(text: string, object: Node, end: number): number {
  const line = lineEnd(text, end);
  const insideObject = line < object.offset + object.length;
  const comment = text.lastIndexOf("/*", line);
  const closed = comment < end || text.indexOf("*/", comment) < line;
  return insideObject && closed ? line : end;
}

function remove(text: string, root: Node, keys: readonly string[]): string {
  let object: Node | undefined = root;
  for (const key of keys.slice(0, -1)) object = object && members(object).find((one) => one.key === key)?.value;
  const all = object === undefined ? [] : members(object);
  const index = all.findIndex((one) => one.key === keys.at(-1));
  const member = all[index];
  if (object === undefined || member === undefined) return text;
  return index < all.length - 1 ? removeWithComma(text, member) : removeLast(text, object, all[index - 1], member);
}

function removeWithComma(text: string, { node }: Member): string {
  const comma = commaAfter(text, node.offset + node.length);
  return cut(text, node.offset, comma + 1);
}

/** The last entry goes together with the comma of the one before; comments between them stay. */
function removeLast(text: string, object: Node, before: Member | undefined, { node }: Member): string {
  const shorter = cut(text, node.offset, node.offset + node.length, object.offset + object.length - 1);
  if (before === undefined) return shorter;
  const comma = commaAfter(text, before.node.offset + before.node.length);
  return shorter.slice(0, comma) + shorter.slice(comma + 1);
}

/** Cuts a range out; a range that had its lines for itself takes them, with what they say behind it, along. */
function cut(text: string, from: number, to: number, closing: number = text.length): string {
  const line = lineEnd(text, to);
  const rest = text.slice(to, line);
  const alone =
    indentAt(text, from) !== undefined &&
    line < closing &&
    /^[ \t]*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/[ \t]*)?$/.test(rest);
  if (alone) return text.slice(0, lineStart(text, from)) + text.slice(line).replace(/^\r?\n/, "");
  return text.slice(0, from) + text.slice(to).replace(/^[ \t]+/, "");
}

/** jsonc-parser's numbers for tokens: its `const enum` cannot be used by modules that are compiled one by one. */
const COMMA = 5;
const END = 17;

/** Where the comma after an entry is: comments may hold commas too, hence the scanner. */
function commaAfter(text: string, from: number): number {
  const scanner = createScanner(text, true);
  scanner.setPosition(from);
  for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
    if (token === COMMA) return scanner.getTokenOffset();
  }
  throw new RangeError("No comma follows the entry.");
}

function parse(text: string): Node {
  const root = parseTree(text.startsWith("\ufeff") ? ` ${text.slice(1)}` : text, [], { disallowComments: false });
  if (root?.type !== "object") throw new RangeError("Only an object can be edited.");
  return root;
}

const splice = (text: string, { offset, length }: Node, by: string): string =>
  text.slice(0, offset) + by + text.slice(offset + length);
