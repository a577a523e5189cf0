import { change } from "../config/change.ts";
import type { ConnectionEntry } from "../config/content.ts";
import { approve, TRUST } from "../config/trust.ts";
import { usage } from "../failure.ts";
import { clean } from "../output/clean.ts";
import { refuseSecrets } from "../options/secrets.ts";
import { message, type Message } from "../output/result.ts";
import { configure } from "../vault/with-vault.ts";
import { loadPlugin } from "../providers.ts";
import type { CliContext } from "../context.ts";

export interface TrustOptions {
  readonly yes?: boolean;
  /** Takes the approval back. */
  readonly revoke?: boolean;
}

/** Shows what connections a project defines, and lets them count from now on, as they are. */
export async function trust(context: CliContext, { yes = false, revoke = false }: TrustOptions = {}): Promise<Message> {
  const { candidate, trust: list } = await configure(context);
  if (candidate === undefined) throw usage("There is no vaultlink.json here or above.", "vaultlink link --help");
  const { connections = {} } = candidate.project.content;
  const json = { file: candidate.path, connections: Object.keys(connections), trusted: !revoke };
  if (revoke) {
    await change(list, TRUST, [approve(candidate, false)]);
    return message([`The connections of ${candidate.path} no longer count.`], json);
  }
  const shown: string[] = [];
  for (const [name, entry] of Object.entries(connections))
    shown.push(await describe(context, candidate.path, name, entry));
  if (shown.length === 0) return message(["This project defines no connections; there is nothing to trust."], json);
  const body = [`${candidate.path} defines:`, ...shown];
  if (!yes) {
    if (context.prompter === undefined) throw usage("Nobody is here to agree.", "vaultlink trust --yes");
    for (const line of body) context.prompter.show(line);
    const agreed = await context.prompter.confirm("Your credentials will be sent to these vaults. Trust them?");
    if (!agreed) return message(["Nothing was changed."], { ...json, trusted: false });
  }
  await change(list, TRUST, [approve(candidate, true)]);
  return message([...(yes ? body : []), "These connections count from now on, until any of them changes."], json);
}

/** A connection in one line. Throws for a credential in it, before anything of it is shown. */
async function describe(
  context: CliContext,
  path: string,
  name: string,
  { provider, ...options }: ConnectionEntry,
): Promise<string> {
  const by = { what: `Connection ${name}`, file: clean(path) };
  refuseSecrets(await loadPlugin(context.providers, provider, by), options, by.what);
  return `  ${name}  ${provider}  ${JSON.stringify(options)}`;
}
