import { readFile } from "node:fs/promises";
import { prompt, SecretError } from "@vaultlink/core/provider";
import { credential, type Env, variable } from "../env.ts";
import { judge, refusal } from "../errors.ts";
import type { AwsOptions } from "../options.ts";
import { profileOf } from "../profile-settings.ts";
import type { Settings } from "../settings.ts";
import type { Transport } from "../transport.ts";
import type { Asking, AwsCredentials, Obtained, Source } from "./credentials.ts";
import { lookUp } from "./lookup.ts";
import type { Step } from "./lookup-protocol.ts";
import { EXPORT_KEYS, hintOf, REAUTHENTICATE } from "./hint.ts";
import { createSts } from "./sts.ts";

/** Everything a source of credentials is made from. */
export interface Ground {
  readonly options: AwsOptions;
  readonly env: Env;
  /** What programs started for credentials get. */
  readonly programEnv: Env;
  readonly settings: Settings;
  readonly transport: Transport;
  /** As far as it is known before the profile is. */
  readonly region: string | undefined;
  /** What a role's session is called where nothing else names it. */
  readonly sessionName: string;
}

/** The source that the options and variables mean, in the order of AWS's own tools. */
export function findSource(ground: Ground): Source {
  const { env, options } = ground;
  const method = options.auth?.method;
  switch (method) {
    case "keys":
      return keys(ground);
    case "environment":
      return environment(env);
    case "web-identity":
      return webIdentity(ground);
    case "profile":
      return lookup(ground, ["profile"], profileOf(options, env) ?? "default");
    case "container":
    case "instance":
      return lookup(ground, [method]);
    case undefined:
  }
  const named = profileOf(options, env);
  if (named !== undefined) return lookup(ground, ["profile"], named);
  if (credential(env, "AWS_ACCESS_KEY_ID") !== undefined) return environment(env);
  return lookup(ground, ["profile", "web-identity", "container", "instance"]);
}

/** Keys given in the options, or typed. */
function keys({ options }: Ground): Source {
  const { accessKeyId, secretAccessKey, sessionToken } = options.auth ?? {};
  return async ({ prompter }) => {
    const id = accessKeyId ?? (await prompt(prompter, { label: "Access key id", secret: false }));
    const secret = secretAccessKey ?? (await prompt(prompter, { label: "Secret access key", secret: true }));
    if (id === undefined || secret === undefined) {
      throw new SecretError("unauthenticated", "No access keys were given.", { hint: REAUTHENTICATE });
    }
    // Ids of temporary keys begin so: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    const temporary = sessionToken === undefined && id.startsWith("ASIA");
    const token = temporary ? await prompt(prompter, { label: "Session token", secret: true }) : sessionToken;
    const typed = accessKeyId === undefined || secretAccessKey === undefined || temporary;
    const credentials = {
      accessKeyId: id,
      secretAccessKey: secret,
      ...(token !== undefined && { sessionToken: token }),
    };
    return { credentials, hint: REAUTHENTICATE, renews: false, person: typed };
  };
}

function environment(env: Env): Source {
  return () => {
    const credentials = keysOf(env);
    if (credentials !== undefined)
      return Promise.resolve({ credentials, hint: EXPORT_KEYS, renews: false, person: false });
    return Promise.reject(
      new SecretError("unauthenticated", "The AWS_* variables hold no keys, or half of them.", { hint: EXPORT_KEYS }),
    );
  };
}

function keysOf(env: Env): AwsCredentials | undefined {
  const accessKeyId = credential(env, "AWS_ACCESS_KEY_ID");
  const secretAccessKey = credential(env, "AWS_SECRET_ACCESS_KEY");
  // `aws` takes the older name as well.
  const sessionToken = credential(env, "AWS_SESSION_TOKEN") ?? credential(env, "AWS_SECURITY_TOKEN");
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
function webIdentity({ env, options, region, sessionName, settings, transport }: Ground): Source {
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
      throw refusal(thrown, { during: "credentials", hint, signal });
    }
  };
}

/** Files, sign-ins, programs and platforms: whatever AWS's own tools find. */
function lookup(ground: Ground, steps: readonly Step[], profile?: string): Source {
  const { env, programEnv, region, sessionName, settings } = ground;
  const { clock } = ground.transport;
  return async (asking: Asking): Promise<Obtained> => {
    const named = { ...(profile !== undefined && { profile }), ...(region !== undefined && { region }) };
    const outcome = await lookUp({ steps, programEnv, sessionName, settings, clock, ...named }, env, asking);
    switch (outcome.type) {
      case "found": {
        const { origin, credentials, arn, region: own } = outcome;
        clock.offsetMs = outcome.clock.offsetMs;
        const more = { ...(arn !== undefined && { arn }), ...(own !== undefined && { region: own }) };
        return { credentials, ...more, hint: hintOf(origin), renews: !origin.mfa, person: origin.mfa };
      }
      case "web-identity":
        return webIdentity(ground)(asking);
      case "no-profile":
        throw new SecretError("invalid_config", "The AWS files have no such profile.", {
          hint: "aws configure list-profiles",
        });
      case "nothing":
        throw new SecretError("unauthenticated", "There are no AWS credentials here.", {
          hint: hintOf({ via: "none", mfa: false }),
        });
      case "failed":
        throw judge(outcome.seen, "lookup", hintOf(outcome.origin));
    }
  };
}

export function noRegion(): SecretError {
  return new SecretError("invalid_config", "No region is set, neither for the connection nor in the environment.", {
    hint: "export AWS_REGION=eu-west-1",
  });
}
