import { isAbsolute } from "node:path";
import { type Env, SecretError } from "@vaultlink/core";
import type { Message } from "../protocol/frame.ts";
import type { CommandPlace, Proposal } from "./configuration.ts";

/* Reads the members of a request. Whatever a client sends is looked at before use; what is wrong is named, not quoted. */

const bad = (member: string): SecretError => new SecretError("internal", `The request's "${member}" is malformed.`);

export function textOf(message: Message, member: string): string {
  const held = message[member];
  if (typeof held !== "string") throw bad(member);
  return held;
}

export function optionalText(message: Message, member: string): string | undefined {
  return message[member] === undefined ? undefined : textOf(message, member);
}

export function flagOf(message: Message, member: string): boolean {
  const held = message[member];
  if (held !== undefined && typeof held !== "boolean") throw bad(member);
  return held ?? false;
}

/** A number of ms. */
export function optionalMs(message: Message, member: string): number | undefined {
  const held = message[member];
  if (held === undefined) return undefined;
  if (typeof held !== "number" || !Number.isFinite(held) || held < 0) throw bad(member);
  return held;
}

export function optionalTexts(message: Message, member: string): readonly string[] | undefined {
  const held = message[member];
  if (held === undefined) return undefined;
  if (!Array.isArray(held) || !held.every((one) => typeof one === "string")) throw bad(member);
  return held;
}

/** Texts by name, on an object without a prototype. */
export function optionalRecord(message: Message, member: string): Readonly<Record<string, string>> | undefined {
  const held = message[member];
  if (held === undefined) return undefined;
  if (!isGroup(held)) throw bad(member);
  const record = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(held)) {
    if (typeof value !== "string") throw bad(member);
    record[name] = value;
  }
  return record;
}

/** The variables a client lends, or `undefined` if it was not asked for them yet. */
export const envOf = (message: Message): Env | undefined => optionalRecord(message, "envVariables");

export function placeOf(message: Message): CommandPlace {
  const place = groupOf(message, "place");
  const [cwd, home] = [textOf(place, "cwd"), textOf(place, "home")];
  if (!isAbsolute(cwd) || !isAbsolute(home)) throw bad("place");
  return { cwd, home, env: optionalRecord(place, "env") ?? {} };
}

export function optionalGroup(message: Message, member: string): Message | undefined {
  return message[member] === undefined ? undefined : groupOf(message, member);
}

/** A connection that the client is about to write into the configuration. */
export function proposalOf(message: Message): Proposal | undefined {
  const proposed = optionalGroup(message, "proposed");
  if (proposed === undefined) return undefined;
  const { maxSession } = proposed;
  if (maxSession !== undefined && !(Number.isSafeInteger(maxSession) && Number(maxSession) >= 1)) throw bad("proposed");
  return {
    provider: textOf(proposed, "provider"),
    options: groupOf(proposed, "options"),
    ...(typeof maxSession === "number" && { maxSession }),
  };
}

function groupOf(message: Message, member: string): Message {
  const held = message[member];
  if (!isGroup(held)) throw bad(member);
  return held;
}

const isGroup = (held: unknown): held is Message => typeof held === "object" && held !== null && !Array.isArray(held);
