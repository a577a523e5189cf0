import { isSecretError, type SecretValue } from "@vaultlink/core";
import { toWireError } from "../protocol/error.ts";
import type { Message } from "../protocol/frame.ts";
import type { Call } from "../server/call.ts";
import type { ConfigurationSource, Selected } from "./configuration.ts";
import { connectionsFor, withEnv } from "./needs.ts";
import { flagOf, optionalMs, optionalText, optionalTexts } from "./request.ts";
import { signIn } from "./sign-in.ts";
import type { Workspace } from "./workspaces.ts";

type Outcome = PromiseSettledResult<SecretValue>;

/** Values of names and references, in order, each with where it came from; or what the client has to send first. */
export async function resolve(
  workspace: Workspace,
  request: Message,
  about: { readonly call: Call; readonly source: ConfigurationSource },
): Promise<object> {
  const { configuration } = workspace;
  const names = optionalTexts(request, "names");
  const purpose = optionalText(request, "purpose") === "run" ? "run" : "get";
  const selected = configuration.select({ names, purpose, anyDomain: flagOf(request, "anyDomain") });
  const wanted = selected.flatMap(({ name, error }) => (error === undefined ? [name] : []));
  // Nothing is read for a program that will not start.
  const isRefused = purpose === "run" && wanted.length < selected.length;
  const connections = isRefused ? [] : connectionsFor(wanted, workspace);
  return withEnv({ ...{ request, connections, workspace }, source: about.source }, async (env) => {
    const outcomes = isRefused ? [] : await read(wanted, workspace, { call: about.call, request, env });
    const byName = new Map(outcomes.map((outcome, at) => [wanted[at] ?? "", outcome]));
    const items = selected
      .filter(({ error }) => !isRefused || error !== undefined)
      .map((one) => (isRefused ? { ...one, required: true } : one))
      .map((one) => item(one, byName.get(one.name), (error) => configuration.explain(error, one.name)));
    return { items, notices: configuration.notices };
  });
}

interface Reading {
  readonly call: Call;
  readonly request: Message;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Reads; where credentials are missing and a person is there, each connection concerned asks once, and it reads again. */
async function read(names: readonly string[], { vault }: Workspace, reading: Reading): Promise<readonly Outcome[]> {
  const { call, env, request } = reading;
  const deadlineMs = optionalMs(request, "deadlineMs");
  const options = {
    env,
    signal: call.signal,
    refresh: flagOf(request, "refresh"),
    allowStale: !flagOf(request, "refuseStale"),
    ...(deadlineMs !== undefined && { deadlineMs }),
  };
  const outcomes = await vault.getMany(names, options);
  const needing = new Set(outcomes.flatMap((outcome) => needsSignIn(outcome) ?? []));
  if (!flagOf(request, "interactive") || needing.size === 0) return outcomes;
  // One after the other: a person answers one question at a time.
  for (const connection of needing) {
    await signIn({ vault, connection, env, call, interactive: true, ifNeeded: true });
  }
  const again = names.filter((_, at) => needsSignIn(outcomes[at]) !== undefined);
  const second = new Map((await vault.getMany(again, options)).map((outcome, at) => [again[at], outcome]));
  return outcomes.map((outcome, at) => second.get(names[at]) ?? outcome);
}

/** The connection that somebody has to sign in to. */
function needsSignIn(outcome: Outcome | undefined): string | undefined {
  const error: unknown = outcome?.status === "rejected" ? outcome.reason : undefined;
  return isSecretError(error) && error.code === "unauthenticated" ? error.details.connection : undefined;
}

function item(
  { name, required, error }: Selected,
  outcome: Outcome | undefined,
  explain: (error: unknown) => unknown,
): object {
  if (outcome?.status !== "fulfilled") {
    const reason: unknown = error ?? explain(outcome?.reason);
    return { name, required, ok: false, error: toWireError(reason) };
  }
  const { value } = outcome;
  const bytes = value.bytes();
  const b64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  bytes.fill(0);
  return { name, required, ok: true, b64, ...value.provenance };
}
