import type { Plugin } from "@vaultlink/core";
import { reauth as perform } from "../commands/reauth.ts";
import { fieldsOf } from "../options/fields.ts";
import { usage } from "../failure.ts";
import { type Flag, flagsOf } from "../options/flags.ts";
import type { Options } from "../options/secrets.ts";
import type { Message } from "../output/result.ts";
import type { CliContext } from "../context.ts";
import { CliCommand } from "./command.ts";
import { addFlags } from "./flags.ts";

/** Signs in again. Of a provider's flags only those for credentials are taken: the rest is configured. */
export async function reauth(context: CliContext, rest: readonly string[]): Promise<Message> {
  const [first] = rest;
  const name = first === undefined || first.startsWith("-") ? undefined : first;
  const parse = (plugin: Plugin | undefined): Options => {
    const command = new CliCommand("vaultlink reauth").argument("[connection]").json();
    const flags = plugin === undefined ? [] : flagsOf(fieldsOf(plugin));
    refuseSettings(flags, rest);
    addFlags(
      command,
      flags.filter(({ field }) => field.secret),
    );
    return command.parse(rest, { from: "user" }).opts<Options>();
  };
  // Without a connection there is no provider whose flags could be meant.
  if (name === undefined) parse(undefined);
  return perform(context, name, (plugin) => (name === undefined ? {} : parse(plugin)));
}

/** Throws `usage` for an option that is configured when one connects. */
function refuseSettings(flags: readonly Flag[], rest: readonly string[]): void {
  const settings = flags.filter(({ field }) => !field.secret).map(({ long }) => long);
  const given = settings.find((long) => rest.some((one) => one === long || one.startsWith(`${long}=`)));
  if (given === undefined) return;
  throw usage(`${given} is part of the connection, and not of signing in again.`, "vaultlink connect --help");
}
