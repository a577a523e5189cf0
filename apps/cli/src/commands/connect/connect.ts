import { isSecretError, type ListEntry, type Plugin, type Prompter } from "@vaultlink/core";
import { isConnectionName } from "@vaultlink/core/internal";
import { reloadAgent, signInByAgent } from "../../agent/sign-in.ts";
import { changeAgain } from "../../config/change-again.ts";
import type { ConnectionEntry } from "../../config/content.ts";
import { USER } from "../../config/file-kinds.ts";
import { type Configuration, ownReader } from "../../config/load.ts";
import type { CliContext } from "../../context.ts";
import { usage } from "../../failure.ts";
import { type Collected, collect } from "../../options/collect.ts";
import { combine, merge, validate } from "../../options/combine.ts";
import { withoutExcluded } from "../../options/excluded.ts";
import { fieldsOf } from "../../options/fields.ts";
import { flagsOf } from "../../options/flags.ts";
import { type Options, refuseSecrets } from "../../options/secrets.ts";
import { message, type Message } from "../../output/result.ts";
import { namedBy } from "../../plugins.ts";
import { expectOwn } from "../../policy/expect-own.ts";
import { usualConnection } from "../../providers.ts";
import { askAgain, isMistyped, isUnavailable } from "../../terminal/ask-again.ts";
import { shownAs } from "../../vault/display-name.ts";
import { tellLifetime } from "../../vault/lifetime.ts";
import { connectionDefinition } from "../../vault/options.ts";
import { type SignedIn, signIn } from "../../vault/sign-in.ts";
import { configure, withVault } from "../../vault/with-vault.ts";
import { definitionChanges, formerOptions } from "./definition.ts";
import { lead, type Leading, type Led, noAnswers } from "./lead.ts";
import { firstSecret, nextStep } from "./next-step.ts";
import { mayRepoint } from "./repoint.ts";
import { suggestionsOf } from "../../vault/suggestions.ts";
import { reconnected } from "../../config/reconnected.ts";

export interface ConnectRequest {
  readonly provider: string;
  readonly plugin: Plugin;
  /** What a connection of somebody else's provider is usually called. */
  readonly usualName?: string | undefined;
  /** @default the provider's usual name */
  readonly name?: string | undefined;
  /** What commander read of the provider's flags. */
  readonly given: Options;
  /** Does not ask before links lead elsewhere. */
  readonly yes?: boolean | undefined;
}

/** A connection that has been opened. */
interface Opened extends Led {
  readonly signedIn: SignedIn;
  /** Whether the agent keeps it open. */
  readonly isKept: boolean;
  /** A secret to show as an example, if the credentials may list. */
  readonly secret?: ListEntry | undefined;
}

/** Signs in to a vault, and only then remembers how to reach it. Credentials are never remembered. */
export async function connect(context: CliContext, request: ConnectRequest): Promise<Message> {
  const { provider, plugin } = request;
  const name = request.name ?? request.usualName ?? usualConnection(context.providers, provider);
  if (name === undefined) throw usage("This connection needs a name.", `vaultlink connect ${provider} <name>`);
  if (!isConnectionName(name)) {
    throw usage("A connection's name holds lower-case letters, digits and hyphens, and is not http or https.");
  }
  const configuration = await configure(context);
  expectOwn(name, provider, configuration);
  const fields = fieldsOf(plugin);
  const collected = await collect(context, flagsOf(fields), request.given);
  const former = formerOptions(name, provider, configuration);
  const { maxSession, ...before } = former ?? {};
  refuseSecrets(plugin, before, `Connection ${name} in ${configuration.user.file}`);
  const combined = combine(before, collected.options, fields);
  const given = withoutExcluded(plugin, fields, { former: before, given: collected.options, options: combined });
  const limit = maxSession === undefined ? {} : { maxSession };
  const [isNew, hasSecrets] = [former === undefined, Object.keys(collected.secrets).length > 0];
  const suggestions = await suggestionsOf(context, plugin, given);
  const known = { name, plugin, fields, suggestions, given, isNew, hasSecrets };
  const leading: Leading = { ...known, answers: noAnswers() };
  const opening = { name, provider, plugin, limit, collected, configuration };
  const opened = await open(context, leading, opening, (options) =>
    mayRepoint(context, configuration, { provider, name, fields, former, options, agreed: request.yes === true }),
  );
  if (opened === undefined) return message(["Nothing was changed."], { connection: name, provider, changed: false });
  const { options, signedIn, isKept } = opened;
  const { user } = configuration;
  const changes = [
    ...definitionChanges(name, { provider, ...limit, ...options }, user.content),
    ...reconnected(name, configuration),
  ];
  // While a person was asked, another command may have connected another vault.
  await changeAgain(user, USER, { changes, reader: ownReader(context) });
  let { secret } = opened;
  if (isKept) {
    await reloadAgent(context, configuration);
    secret = await withVault(context, configuration, (vault) => firstSecret(vault, name, context.signal), {
      start: false,
    });
  } else tellLifetime(context, name, signedIn, hasSecrets);
  return report(request, {
    name,
    file: user.file,
    next: nextStep(plugin, name, { entry: secret, mayPick: context.prompter !== undefined }),
    ...opened,
  });
}

interface Opening {
  readonly name: string;
  readonly provider: string;
  readonly plugin: Plugin;
  readonly limit: { readonly maxSession?: number };
  readonly collected: Collected;
  readonly configuration: Configuration;
}

/** Asks for what is missing, and signs in; again where what was answered turns out to be wrong. */
async function open(
  context: CliContext,
  leading: Leading,
  opening: Opening,
  mayGoOn: (options: Options) => Promise<boolean>,
): Promise<Opened | undefined> {
  const { answers, plugin } = leading;
  const { secrets } = opening.collected;
  const { prompter } = context;
  let isAsked = false;
  const noticing = prompter && {
    ...prompter,
    ask: (question: Parameters<Prompter["ask"]>[0]): Promise<string> => {
      isAsked = true;
      return prompter.ask(question);
    },
  };
  const work = async (): Promise<Opened | undefined> => {
    isAsked = false;
    const led = await lead(context, leading);
    const all = merge(led.options, secrets);
    await validate(plugin, all, `vaultlink connect ${opening.provider} --help`);
    plugin.create(all);
    return (await mayGoOn(led.options))
      ? { ...led, ...(await enter({ ...context, prompter: noticing }, opening, led)) }
      : undefined;
  };
  const isWrong = (thrown: unknown): boolean => {
    const isAnswered = answers.texts.size > 0 || answers.method !== undefined;
    if (!isAnswered) return false;
    if (isSecretError(thrown) && thrown.code === "unauthenticated" && answers.method !== undefined) {
      answers.method = undefined;
      return true;
    }
    // What an answer alone cannot be was asked for again; anything else may need another way to sign in.
    if (isMistyped(thrown) && answers.settled.size === 0) answers.method = undefined;
    return isMistyped(thrown) || isUnavailable(thrown);
  };
  // What was found and refused, such as a single sign-on that has ended, no answer here mends.
  const isHelped = (thrown: unknown): boolean =>
    isUnavailable(thrown) || (isSecretError(thrown) && thrown.code === "unauthenticated" && !isAsked);
  return askAgain(prompter, work, isWrong, isHelped);
}

/** Opens the connection, in the agent where there is one, which keeps it open. */
async function enter(
  context: CliContext,
  { name, provider, plugin, limit, collected, configuration }: Opening,
  { options, useFound }: Led,
): Promise<Omit<Opened, keyof Led>> {
  const { secrets } = collected;
  const proposed = { provider, ...limit, options };
  const signedIn = await signInByAgent(context, configuration, name, { secrets, proposed, useFound });
  if (signedIn !== undefined) return { signedIn, isKept: true };
  const entry: ConnectionEntry = { provider, ...limit, ...merge(options, secrets) };
  const by = namedBy(configuration, "user", `Connection ${name}`);
  const connections = { [name]: connectionDefinition(context, entry, by, plugin) };
  const vault = context.createVault({ connections, env: context.env });
  try {
    const byHand = await signIn(context, vault, name, { useFound });
    return { signedIn: byHand, isKept: false, secret: await firstSecret(vault, name, context.signal) };
  } finally {
    await vault.close();
  }
}

function report(
  { provider, plugin }: ConnectRequest,
  {
    name,
    file,
    kept,
    next,
    signedIn,
  }: Opened & { readonly name: string; readonly file: string; readonly next: string },
): Message {
  const { identity } = signedIn;
  const displayName = identity === undefined ? undefined : shownAs(plugin, identity);
  const found = kept.map(({ option, value, source }) => `${option} ${value}${source ? ` (${source})` : ""}`);
  const lines = [
    `Connected ${name}: ${plugin.title}${displayName === undefined ? "" : ` as ${displayName}`}.`,
    ...(found.length === 0 ? [] : [`Kept, since another shell may not have it: ${found.join(", ")}.`]),
    `Next: ${next}`,
  ];
  const json = { connection: name, provider, identity: identity ?? null, displayName: displayName ?? null, file, next };
  return message(lines, {
    ...json,
    changed: true,
    kept: kept.map(({ option, value, source }) => ({ option, value, source })),
  });
}
