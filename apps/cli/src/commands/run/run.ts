import { SecretError } from "@vaultlink/core";
import { changedVariables } from "../../arguments.ts";
import type { Configuration } from "../../config/load.ts";
import { usage } from "../../failure.ts";
import { clean } from "../../output/clean.ts";
import type { Ended } from "../../output/result.ts";
import { choose, type Choice } from "../../vault/choose.ts";
import { collect, type Wanted } from "../../vault/collect.ts";
import type { VaultAccess } from "../../vault/access.ts";
import { configure, withVault } from "../../vault/with-vault.ts";
import type { CliContext } from "../../context.ts";
import { readDotenvFiles } from "./dotenv-files.ts";
import { environment, variable } from "../../env/environment.ts";
import type { ChildCommand, ChildEnd } from "../../child/child.ts";
import { maskOutput, type Masking } from "../../child/mask-output.ts";
import { expectMaskWhen } from "../../child/mask-when.ts";
import { checkName } from "../../env/names.ts";
import { explainStart } from "../../child/start-failure.ts";
import { type Prepared, runWatched } from "./watched.ts";
import { expectWatching } from "./watching.ts";

export interface RunOptions extends Choice {
  /** dotenv files whose values may be references. */
  readonly dotenv?: readonly string[];
  /** Which streams are masked: `auto`, `always` or `never`. @default "auto" */
  readonly mask?: string;
  /** Mask what is written in hexadecimal, too. */
  readonly maskHex?: boolean;
  /** What a new version of a secret does: `restart`, or the name of a signal. */
  readonly watch?: string;
  /** Seconds between two looks for one. @default 60 */
  readonly watchEvery?: string;
}

/** What the child gets, before any vault is asked. */
interface Planned {
  readonly wanted: readonly Wanted[];
  readonly literals: ReadonlyMap<string, string>;
}

/** Runs a command with the values of links in its environment. It starts only once every required name resolved. */
export async function run(context: CliContext, command: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const [file, ...args] = command;
  if (!file) throw usage("There is no command to run.", "vaultlink run -- <command>");
  const masking = { when: expectMaskWhen(options.mask ?? "auto"), hex: options.maskHex === true };
  const watching = expectWatching(options);
  const configuration = await configure(context);
  const { wanted, literals } = await plan(context, configuration, options);
  const prepare = async (around: CliContext, vault: VaultAccess): Promise<Prepared> => {
    const values = await collect(wanted, { context: around, vault, configuration }, variable);
    if (context.signal.aborted) throw new SecretError("aborted", "Cancelled; nothing was started.");
    const env = environment(context.env, new Map([...literals, ...values]), context.platform);
    return { file, args, env, values };
  };
  const begin = (prepared: Prepared, started?: ChildCommand["started"]): Promise<ChildEnd> => {
    tellChanged(context, new Map([...literals, ...prepared.values]));
    return start(context, prepared, { masking, started });
  };
  if (watching !== undefined) {
    const about = { names: wanted.map(({ given }) => given), watching, prepare, begin };
    return { kind: "child-ended", ...(await runWatched(context, configuration, about)) };
  }
  // The vault stays open while the child runs: closing it would end credentials that the vault made for this run.
  return withVault(context, configuration, async (vault) => ({
    kind: "child-ended",
    ...(await begin(await prepare(context, vault))),
  }));
}

function start(
  context: CliContext,
  { values, ...command }: Prepared,
  { masking, started }: { readonly masking: Masking; readonly started: ChildCommand["started"] },
): Promise<ChildEnd> {
  const mask = maskOutput(context, values, masking);
  const child = { ...command, ...(mask && { mask }), ...(started && { started }) };
  return context.startChild(child).catch((error: unknown) => {
    throw explainStart(error, { ...command, values });
  });
}

async function plan(context: CliContext, configuration: Configuration, options: RunOptions): Promise<Planned> {
  const allowed = configuration.user.content.allowedNames ?? [];
  const rules = { platform: context.platform, allowed };
  const check = (name: string): void => checkName(name, rules);
  const { references, literals } = await readDotenvFiles(context, configuration, options.dotenv ?? [], check);
  const others = new Map([...references, ...[...literals.keys()].map((name) => [name, literal(name)] as const)]);
  const chosen = choose(options, {
    ...{ configuration, others, help: "vaultlink run --help" },
    check: (name) => checkName(name, rules, others.has(name) ? undefined : "run"),
  });
  const wanted = chosen.filter(({ key }) => !literals.has(key));
  if (wanted.length === 0) tellNoLinks(context, configuration);
  const names = new Set(chosen.map(({ key }) => key));
  return { wanted, literals: new Map([...literals].filter(([name]) => names.has(name))) };
}

/** Says where links were looked for: one file up, or one folder beside, they may be there. */
function tellNoLinks({ cwd, notice }: CliContext, { project }: Configuration): void {
  const where =
    project === undefined ? `No vaultlink.json in ${clean(cwd)} or above` : `No links in ${clean(project.file)}`;
  notice(`${where}: the command starts without secrets.`);
}

/** Stands for a name that a file gives a value itself: nothing is asked for. */
const literal = (name: string): Wanted => ({ key: name, given: name, name, required: false });

/** Variables reach a child as text; one of ours that is none reaches it changed, which nobody should have to find out. */
function tellChanged(context: CliContext, values: ReadonlyMap<string, string>): void {
  const changed = changedVariables(context.env).filter((name) => !values.has(name));
  if (changed.length === 0) return;
  context.notice(`Not UTF-8 text, so the command gets it changed: ${changed.map((name) => clean(name)).join(", ")}.`);
}
