import { type ConnectRequest, connect as perform } from "../commands/connect/connect.ts";
import { loadConfiguration } from "../config/load.ts";
import { fieldsOf } from "../options/fields.ts";
import { flagsOf } from "../options/flags.ts";
import type { Options } from "../options/secrets.ts";
import type { Message } from "../output/result.ts";
import { namedBy } from "../plugins.ts";
import { loadPlugin, usualConnection } from "../providers.ts";
import { type ThirdParty, thirdPartyOf } from "../third-party/source.ts";
import type { CliContext } from "../context.ts";
import { usage } from "../failure.ts";
import { CliCommand } from "./command.ts";
import { addFlags } from "./flags.ts";
import { TRUST, YES } from "./shared.ts";

/** Reads the flags that a provider's own schema describes, then connects. */
export async function connect(
  context: CliContext,
  given: string | undefined,
  rest: readonly string[],
): Promise<Message> {
  const provider = given ?? (await chooseProvider(context));
  const source = thirdPartyOf(provider);
  const loaded =
    source === undefined
      ? await loadKnown(context, provider)
      : await loadTyped(context, source, rest.includes(TRUST[0]));
  const { plugin, usualName } = loaded;
  const command = new CliCommand(`vaultlink connect ${provider}`)
    .description(`Sign in to ${plugin.title} and remember how to reach it.`)
    .argument(
      "[name]",
      `what to call the connection; it begins every reference to it.${usualName === undefined ? "" : ` Default: ${usualName}.`}`,
    )
    .json();
  if (source !== undefined) command.option(...TRUST);
  addFlags(command, flagsOf(fieldsOf(plugin)));
  command.option(...YES);
  command.parse(rest, { from: "user" });
  const [name] = command.args;
  const { yes, ...options } = command.opts<Options>();
  return perform(context, { ...loaded, name, given: options, yes: yes === true });
}

type Chosen = Pick<ConnectRequest, "provider" | "plugin" | "usualName">;

const loadKnown = async ({ providers }: CliContext, provider: string): Promise<Chosen> => ({
  provider,
  plugin: await loadPlugin(providers, provider),
  usualName: usualConnection(providers, provider),
});

/** Somebody else's provider, once its user agreed to run it: its flags are known only then. */
async function loadTyped(context: CliContext, source: ThirdParty, agreed: boolean): Promise<Chosen> {
  const [{ approve }, { loadThirdParty }, { asTyped, usualNameOf }] = await Promise.all([
    import("../third-party/approve.ts"),
    import("../third-party/load.ts"),
    import("../third-party/typed.ts"),
  ]);
  const configuration = await loadConfiguration(context);
  const by = namedBy(configuration, "user", "vaultlink connect");
  const typed = asTyped(source, context.cwd, by);
  const isCompared = await approve(context, configuration, { source: typed.source, by, agreed });
  const now = namedBy(await loadConfiguration(context), "user", "vaultlink connect");
  const { plugin } = await loadThirdParty(typed.source, now, context.env, isCompared);
  return { plugin, provider: typed.provider, usualName: usualNameOf(typed) };
}

async function chooseProvider({ prompter, providers }: CliContext): Promise<string> {
  if (prompter === undefined) {
    throw usage(`Say which kind of vault: ${Object.keys(providers).join(", ")}.`, "vaultlink connect --help");
  }
  const choices = Object.entries(providers).map(([value, { title: label }]) => ({ label, value }));
  return prompter.choose("Which kind of vault?", choices);
}
