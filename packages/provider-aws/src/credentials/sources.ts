import { readFile } from "node:fs/promises";
import {
  definedMembers,
  exactVariable,
  prompt,
  type Prompter,
  type ProviderEnv,
  SecretError,
  variable,
} from "@vaultlink/core/provider";
import { explain, toSecretError } from "../errors.ts";
import type { AwsOptions } from "../options.ts";
import { profileOf } from "../profile-settings.ts";
import type { Settings } from "../settings.ts";
import type { Transport } from "../transport.ts";
import type { Asking, AwsCredentials, Obtained, Source } from "./credentials.ts";
import { lookUp, type Step } from "./default-chain.ts";
import { EXPORT_KEYS, hintOf, REAUTHENTICATE } from "./origin.ts";
import { createSts } from "./sts.ts";

/** Everything a source of credentials is made from. */
export interface CredentialContext {
  readonly options: AwsOptions;
  readonly env: ProviderEnv;
  /** What programs started for credentials get. */
  readonly programEnv: ProviderEnv;
  readonly settings: Settings;
  readonly transport: Transport;
  /** As far as it is known before the profile is. */
  readonly region: string | undefined;
  /** What a role's session is called where nothing else names it. */
  readonly sessionName: string;
}

/** The source that the options and variables mean, in the order of AWS's own tools. */
export function findSource(context: CredentialContext): Source {
  const { env, options } = context;
  const method = options.auth?.method;
  switch (method) {
    case "keys":
      return keys(context);
    case "environment":
      return orTyped(environment(env));
    case "web-identity":
      return webIdentity(context);
    case "profile":
      return lookup(context, ["profile"], profileOf(options, env) ?? "default");
    case "container":
    case "instance":
      return lookup(context, [method]);
    case undefined:
      return defaultChain(context);
  }
}

/** Whatever AWS's own tools would find where nothing says whose credentials are meant. */
function defaultChain(context: CredentialContext): Source {
  const { env, options } = context;
  const named = profileOf(options, env);
  if (named !== undefined) return orTyped(lookup(context, ["profile"], named));
  if (exactVariable(env, "AWS_ACCESS_KEY_ID") !== undefined) return orTyped(environment(env));
  return orTyped(lookup(context, ["profile", "web-identity", "container", "instance"]));
}

/** Keys given in the options, or typed. */
function keys({ options }: CredentialContext): Source {
  return async ({ prompter }) => {
    const obtained = await askForKeys(prompter, options.auth);
    if (obtained !== undefined) return obtained;
    throw new SecretError("unauthenticated", "No access keys were given.", { hint: REAUTHENTICATE });
  };
}

/**
 * What is found, unless a person who was asked to sign in again types keys: what is found may be what was refused. An empty
 * line takes it all the same, e.g. after `aws sso login`.
 */
function orTyped(found: Source): Source {
  return async (asking) => (await askForKeys(asking.askFirst)) ?? found(asking);
}

/** Asks a person for keys, as far as they are not given. `undefined` if there are none then. */
async function askForKeys(
  prompter: Prompter | undefined,
  given: AwsOptions["auth"] = {},
): Promise<Obtained | undefined> {
  const accessKeyId = given.accessKeyId ?? (await prompt(prompter, { label: "Access key id", secret: false }));
  if (accessKeyId === undefined) return undefined;
  const secretAccessKey =
    given.secretAccessKey ?? (await prompt(prompter, { label: "Secret access key", secret: true }));
  if (secretAccessKey === undefined) return undefined;
  // Ids of temporary keys begin so: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  const temporary = given.sessionToken === undefined && accessKeyId.startsWith("ASIA");
  const sessionToken = temporary
    ? await prompt(prompter, { label: "Session token", secret: true })
    : given.sessionToken;
  const person = given.accessKeyId === undefined || given.secretAccessKey === undefined || temporary;
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
  return { credentials, hint: REAUTHENTICATE, renews: false, person };
}

function environment(env: ProviderEnv): Source {
  return () => {
    const credentials = keysOf(env);
    if (credentials !== undefined)
      return Promise.resolve({ credentials, hint: EXPORT_KEYS, renews: false, person: false });
    return Promise.reject(
      new SecretError("unauthenticated", "The AWS_* variables hold no keys, or half of them.", { hint: EXPORT_KEYS }),
    );
  };
}

function keysOf(env: ProviderEnv): AwsCredentials | undefined {
  const accessKeyId = exactVariable(env, "AWS_ACCESS_KEY_ID");
  const secretAccessKey = exactVariable(env, "AWS_SECRET_ACCESS_KEY");
  // `aws` takes the older name as well.
  const sessionToken = exactVariable(env, "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN");
  const lapse = new Date(variable(env, "AWS_CREDENTIAL_EXPIRATION") ?? "");
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(!Number.isNaN(lapse.getTime()) && { expiration: lapse }),
  };
}

/** A platform's token, exchanged for a role. The file is read each time: platforms replace it. */
function webIdentity({ env, options, region, sessionName, settings, transport }: CredentialContext): Source {
  const hint = hintOf({ via: "web-identity", mfa: false });
  return async ({ signal }) => {
    const file = options.auth?.tokenFile ?? variable(env, "AWS_WEB_IDENTITY_TOKEN_FILE");
    const RoleArn = options.auth?.tokenRole ?? variable(env, "AWS_ROLE_ARN");
    if (file === undefined || RoleArn === undefined) {
      throw new SecretError("unauthenticated", "The platform's token, or the role it is for, is not given.", { hint });
    }
    if (region === undefined) throw noRegion();
    const sts = await createSts({ region, settings, transport });
    try {
      const WebIdentityToken = (await readFile(file, { encoding: "utf8", signal })).replace(/\r?\n$/, "");
      const assumed = await sts.assumeRoleWithToken(
        { RoleArn, RoleSessionName: sessionName, WebIdentityToken },
        signal,
      );
      return { ...assumed, hint, renews: true, person: false };
    } catch (thrown) {
      throw toSecretError(thrown, { during: "credentials", hint, signal });
    }
  };
}

/** Files, sign-ins, programs and platforms: whatever AWS's own tools find. */
function lookup(context: CredentialContext, steps: readonly Step[], profile?: string): Source {
  const { env, programEnv, region, sessionName, settings } = context;
  const { clock } = context.transport;
  return async (asking: Asking): Promise<Obtained> => {
    const named = definedMembers({ profile, region });
    const outcome = await lookUp({ steps, programEnv, sessionName, settings, clock, ...named }, env, asking);
    switch (outcome.type) {
      case "found": {
        const { origin, credentials, arn, region: own } = outcome;
        clock.offsetMs = outcome.clock.offsetMs;
        const more = definedMembers({ arn, region: own });
        return { credentials, ...more, hint: hintOf(origin), renews: !origin.mfa, person: origin.mfa };
      }
      case "web-identity":
        return webIdentity(context)(asking);
      case "no-profile":
        throw new SecretError("invalid_config", "The AWS files have no such profile.", {
          hint: "aws configure list-profiles",
        });
      case "nothing":
        throw new SecretError("unauthenticated", "There are no AWS credentials here.", {
          hint: hintOf({ via: "none", mfa: false }),
        });
      case "failed":
        throw explain(outcome.error, "lookup", hintOf(outcome.origin));
    }
  };
}

export function noRegion(): SecretError {
  return new SecretError("invalid_config", "No region is set, neither for the connection nor in the environment.", {
    hint: "export AWS_REGION=eu-west-1",
  });
}
