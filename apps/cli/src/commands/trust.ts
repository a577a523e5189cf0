import { isSecretError } from "@vaultlink/core";
import { change, type Change } from "../config/change.ts";
import type { ConnectionEntry } from "../config/content.ts";
import type { Configuration } from "../config/load.ts";
import type { ConnectionOrigin } from "../config/merge.ts";
import { approve, TRUST } from "../config/trust.ts";
import { usage } from "../failure.ts";
import { clean } from "../output/clean.ts";
import { refuseSecrets } from "../options/secrets.ts";
import { type Failure, NamesFailed } from "../output/failures.ts";
import { message, type Message } from "../output/result.ts";
import { namedBy } from "../plugins.ts";
import { configure } from "../vault/with-vault.ts";
import { loadPlugin } from "../providers.ts";
import { type Unapproved, unapproved } from "../third-party/approve.ts";
import { pinning } from "../third-party/pin.ts";
import { labelOf, thirdPartyOf } from "../third-party/source.ts";
import type { CliContext } from "../context.ts";

export interface TrustOptions {
  readonly yes?: boolean;
  /** Takes the approval back. */
  readonly revoke?: boolean;
}

/**
 * Shows what connections a project defines, and the code of other people's providers that a configuration names, and lets
 * both count from now on, as they are.
 */
export async function trust(context: CliContext, { yes = false, revoke = false }: TrustOptions = {}): Promise<Message> {
  const configuration = await configure(context);
  const { candidate, trust: list } = configuration;
  const { connections = {} } = candidate?.project.content ?? {};
  const file = candidate?.path ?? null;
  if (revoke) {
    if (candidate === undefined) throw usage("There is no vaultlink.json here or above.", "vaultlink trust --help");
    await change(list, TRUST, [approve(candidate, false)]);
    const json = { file, connections: Object.keys(connections), trusted: false };
    return message([`The connections of ${candidate.path} no longer count.`], json);
  }
  const { code, failures } = await unapprovedCode(configuration);
  if (failures.length > 0 && Object.keys(connections).length + code.length === 0) throw new NamesFailed(failures);
  if (candidate === undefined && code.length === 0)
    throw usage("There is no vaultlink.json here or above.", "vaultlink trust --help");
  const json = { file, connections: Object.keys(connections), code: code.map(({ code: { at } }) => at), trusted: true };
  const shown: string[] = [];
  for (const [name, entry] of Object.entries(connections))
    shown.push(await describe(context, configuration, name, entry));
  if (shown.length + code.length === 0)
    return message(["This project defines no connections; there is nothing to trust."], json);
  const body = [
    ...(shown.length > 0 ? [`${candidate?.path ?? ""} defines:`, ...shown] : []),
    ...(code.length > 0
      ? ["Code of others that would run:", ...code.flatMap(({ lines }) => lines.map((line) => `  ${line}`))]
      : []),
  ];
  if (!yes) {
    if (context.prompter === undefined) throw usage("Nobody is here to agree.", "vaultlink trust --yes");
    for (const line of body) context.prompter.show(line);
    if (!(await context.prompter.confirm(questionFor(shown.length > 0, code.length > 0))))
      return message(["Nothing was changed."], { ...json, trusted: false });
  }
  const changes: Change[] = code.map(({ code: { key }, pin }) => pinning(key, pin));
  if (candidate !== undefined && shown.length > 0) changes.push(approve(candidate, true));
  await change(list, TRUST, changes);
  const done =
    shown.length > 0
      ? "These connections count from now on, until any of them changes."
      : "This code may run from now on, until it changes.";
  const said = [...(yes ? body : []), done];
  if (failures.length === 0) return message(said, json);
  // What could be trusted is; the rest decides the exit status.
  for (const line of said) context.notice(line);
  throw new NamesFailed(failures);
}

function questionFor(connections: boolean, code: boolean): string {
  if (!code) return "Your credentials will be sent to these vaults. Trust them?";
  const ran = "This code will run as you, in processes of its own.";
  return connections ? `${ran} Your credentials will be sent to these vaults. Trust them?` : `${ran} Trust it?`;
}

/** The code of others that connections name, as far as nobody agreed to run it as it is; and where none can be found. */
async function unapprovedCode(
  configuration: Configuration,
): Promise<{ readonly code: readonly Unapproved[]; readonly failures: readonly Failure[] }> {
  const { connections, untrusted } = configuration;
  const named: ReadonlyArray<readonly [string, ConnectionEntry, ConnectionOrigin]> = [
    ...[...connections].map(([name, { entry, origin }]) => [name, entry, origin] as const),
    ...[...untrusted].map(([name, entry]) => [name, entry, "project"] as const),
  ];
  const found = new Map<string, Unapproved>();
  const failures: Failure[] = [];
  for (const [name, { provider }, origin] of named) {
    const source = thirdPartyOf(provider);
    if (source === undefined) continue;
    try {
      const one = await unapproved(source, namedBy(configuration, origin, `Connection ${name}`));
      if (one !== undefined) found.set(one.code.key, one);
    } catch (error) {
      if (!isSecretError(error)) throw error;
      failures.push({ error });
    }
  }
  return { code: [...found.values()], failures };
}

/** A connection in one line. Throws for a credential in it, before anything of it is shown. */
async function describe(
  context: CliContext,
  configuration: Configuration,
  name: string,
  { provider, ...options }: ConnectionEntry,
): Promise<string> {
  const by = namedBy(configuration, "project", `Connection ${name}`);
  // What credentials a provider of others has is known once its code may run: it is refused when it is used.
  if (thirdPartyOf(provider) === undefined)
    refuseSecrets(await loadPlugin(context.providers, labelOf(provider), by), options, by.what);
  return `  ${name}  ${clean(labelOf(provider))}  ${JSON.stringify(options)}`;
}
