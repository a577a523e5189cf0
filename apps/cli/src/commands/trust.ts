import { change } from "../config/change.ts";
import type { ConnectionEntry } from "../config/content.ts";
import { approve, TRUST } from "../config/trust.ts";
import { usage } from "../failure.ts";
import { clean } from "../output/clean.ts";
import { refuseSecrets } from "../options/secrets.ts";
import { said, type Said } from "../output/outcome.ts";
import { configure } from "../vault/with-vault.ts";
import { loadPlugin } from "../providers.ts";
import type { World } from "../world.ts";

export interface TrustOptions {
  readonly yes?: boolean;
  /** Takes the approval back. */
  readonly revoke?: boolean;
}

/** Shows what connections a project defines, and lets them count from now on, as they are. */
export async function trust(world: World, { yes = false, revoke = false }: TrustOptions = {}): Promise<Said> {
  const { candidate, trust: list } = await configure(world);
  if (candidate === undefined) throw usage("There is no vaultlink.json here or above.", "vaultlink link --help");
  const { connections = {} } = candidate.project.content;
  const json = { file: candidate.path, connections: Object.keys(connections), trusted: !revoke };
  if (revoke) {
    await change(list, TRUST, [approve(candidate, false)]);
    return said([`The connections of ${candidate.path} no longer count.`], json);
  }
  const shown: string[] = [];
  for (const [name, entry] of Object.entries(connections))
    shown.push(await describe(world, candidate.path, name, entry));
  if (shown.length === 0) return said(["This project defines no connections; there is nothing to trust."], json);
  const body = [`${candidate.path} defines:`, ...shown];
  if (!yes) {
    if (world.person === undefined) throw usage("Nobody is here to agree.", "vaultlink trust --yes");
    for (const line of body) world.person.show(line);
    const agreed = await world.person.confirm("Your credentials will be sent to these vaults. Trust them?");
    if (!agreed) return said(["Nothing was changed."], { ...json, trusted: false });
  }
  await change(list, TRUST, [approve(candidate, true)]);
  return said([...(yes ? body : []), "These connections count from now on, until any of them changes."], json);
}

/** A connection in one line. Throws for a credential in it, before anything of it is shown. */
async function describe(
  world: World,
  path: string,
  name: string,
  { provider, ...options }: ConnectionEntry,
): Promise<string> {
  const by = { what: `Connection ${name}`, file: clean(path) };
  refuseSecrets(await loadPlugin(world.providers, provider, by), options, by.what);
  return `  ${name}  ${provider}  ${JSON.stringify(options)}`;
}
