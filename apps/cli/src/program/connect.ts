import { connect as perform } from "../commands/connect.ts";
import { fieldsOf } from "../options/fields.ts";
import { flagsOf } from "../options/flags.ts";
import type { Options } from "../options/secrets.ts";
import type { Message } from "../output/result.ts";
import { loadPlugin } from "../providers.ts";
import type { CliContext } from "../context.ts";
import { CliCommand } from "./command.ts";
import { addFlags } from "./flags.ts";

/** Reads the flags that a provider's own schema describes, then connects. */
export async function connect(context: CliContext, provider: string, rest: readonly string[]): Promise<Message> {
  const plugin = await loadPlugin(context.providers, provider);
  const command = new CliCommand(`vaultlink connect ${provider}`)
    .description(`Sign in to ${plugin.title} and remember how to reach it.`)
    .argument("[name]", "what to call the connection; it begins every reference to it")
    .json();
  addFlags(command, flagsOf(fieldsOf(plugin)));
  command.parse(rest, { from: "user" });
  const [name] = command.args;
  return perform(context, { provider, plugin, name, given: command.opts<Options>() });
}
