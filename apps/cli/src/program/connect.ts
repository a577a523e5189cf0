import { connect as perform } from "../commands/connect.ts";
import { fieldsOf } from "../options/fields.ts";
import { flagsOf } from "../options/flags.ts";
import type { Options } from "../options/secrets.ts";
import type { Said } from "../output/outcome.ts";
import { loadPlugin } from "../providers.ts";
import type { World } from "../world.ts";
import { CliCommand } from "./command.ts";
import { addFlags } from "./flags.ts";

/** Reads the flags that a provider's own schema describes, then connects. */
export async function connect(world: World, provider: string, rest: readonly string[]): Promise<Said> {
  const plugin = await loadPlugin(world.providers, provider);
  const command = new CliCommand(`vaultlink connect ${provider}`)
    .description(`Sign in to ${plugin.title} and remember how to reach it.`)
    .argument("[name]", "what to call the connection; it begins every reference to it")
    .json();
  addFlags(command, flagsOf(fieldsOf(plugin)));
  command.parse(rest, { from: "user" });
  const [name] = command.args;
  return perform(world, { provider, plugin, name, given: command.opts<Options>() });
}
