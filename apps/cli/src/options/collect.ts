import { usage } from "../failure.ts";
import type { CliContext } from "../context.ts";
import type { Field } from "./fields.ts";
import type { Flag } from "./flags.ts";
import { type Options, put } from "./secrets.ts";

/** Options as flags gave them, credentials apart: those never reach a file. */
export interface Collected {
  readonly options: Options;
  readonly secrets: Options;
}

/** Turns what commander read into options. Throws `usage`, naming the flag and never its value. */
export async function collect(context: CliContext, flags: readonly Flag[], given: Options): Promise<Collected> {
  let options: Options = {};
  let secrets: Options = {};
  const fromInput = flags.filter(({ field, attribute }) => field.secret && given[attribute] === true);
  if (fromInput.length > 1) throw usage("Standard input holds one credential; name one -stdin flag.");
  for (const { field, long, attribute } of flags) {
    const value = given[attribute];
    if (value === undefined || (field.secret && value === false)) continue;
    if (field.secret) secrets = put(secrets, field.path, await readSecret(context, long));
    else options = put(options, field.path, convert(field, long, value));
  }
  return { options, secrets };
}

async function readSecret(context: CliContext, long: string): Promise<string> {
  const text = decode(await context.readInput(), long).replace(/\r?\n$/, "");
  if (text === "") throw usage(`Standard input is empty, but ${long} reads a credential from it.`);
  return text;
}

/** Throws `usage` for bytes that are not text: a credential that was changed would only be refused. */
function decode(bytes: Uint8Array, long: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw usage(`What ${long} reads from standard input is not UTF-8 text.`);
  }
}

function convert({ type, enum: choices }: Field, long: string, value: unknown): unknown {
  if (choices !== undefined && !choices.includes(String(value)))
    throw usage(`${long} is one of ${choices.join(", ")}.`);
  if (type !== "integer" && type !== "number") return value;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
  const fits = type === "integer" ? Number.isSafeInteger(number) : Number.isFinite(number);
  if (!fits) throw usage(`${long} is a ${type === "integer" ? "whole number" : "number"}.`);
  return number;
}
