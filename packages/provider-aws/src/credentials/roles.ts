import type { AssumeRoleCommandInput } from "@aws-sdk/client-sts";
import { toSecretError } from "../errors.ts";
import type { AwsOptions, RoleOptions } from "../options.ts";
import type { Settings } from "../settings.ts";
import type { Transport } from "../transport.ts";
import { askCode, type Asking, type Obtained, type Source } from "./credentials.ts";
import { REAUTHENTICATE } from "./origin.ts";
import { createSts, type Sts } from "./sts.ts";

/** What a call to STS needs beside the credentials. */
export interface StsContext {
  readonly settings: Settings;
  readonly transport: Transport;
  readonly region: (obtained: Obtained) => string;
}

/** Temporary keys for long-lived ones, if these need an MFA code. */
export function withCode(source: Source, { auth }: AwsOptions, context: StsContext): Source {
  const SerialNumber = auth?.mfaSerial;
  if (SerialNumber === undefined) return source;
  return async (asking) => {
    const keys = await source(asking);
    const TokenCode = await askCode(asking.prompter);
    const input = { SerialNumber, TokenCode };
    const given = await through(keys, context, asking, (sts, signal) => sts.sessionToken(input, signal));
    return { ...given, hint: REAUTHENTICATE, renews: false, person: true };
  };
}

/** A role's credentials, by way of others where they are named. */
export function withRole(
  source: Source,
  role: RoleOptions | undefined,
  context: StsContext,
  sessionName: string,
): Source {
  const { arn: last, via = [] } = role ?? {};
  if (role === undefined || last === undefined) return source;
  return async (asking) => {
    let at = await source(asking);
    for (const RoleArn of via) at = await assume(at, { RoleArn, RoleSessionName: sessionName }, context, asking);
    // A chain's sessions live an hour at most: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html
    const { duration = 60, externalId, mfaSerial, tags = [] } = role;
    const code = mfaSerial === undefined ? undefined : await askCode(asking.prompter);
    const input: AssumeRoleCommandInput = {
      RoleArn: last,
      RoleSessionName: role.sessionName ?? sessionName,
      DurationSeconds: duration * 60,
      ...(externalId !== undefined && { ExternalId: externalId }),
      ...(tags.length > 0 && { Tags: tags.map(parseTag) }),
      ...(code !== undefined && { SerialNumber: mfaSerial, TokenCode: code }),
    };
    at = await assume(at, input, context, asking);
    return code === undefined ? at : { ...at, hint: REAUTHENTICATE, renews: false, person: true };
  };
}

function assume(at: Obtained, input: AssumeRoleCommandInput, context: StsContext, asking: Asking): Promise<Obtained> {
  return through(at, context, asking, (sts, signal) => sts.assumeRole(input, signal));
}

/** One call signed with what was obtained so far. What it gives is mended, and renewed, where that came from. */
async function through(
  at: Obtained,
  { region, settings, transport }: StsContext,
  { signal }: Asking,
  call: (sts: Sts, signal: AbortSignal) => ReturnType<Sts["assumeRole"]>,
): Promise<Obtained> {
  const sts = await createSts({ region: region(at), settings, transport, credentials: at.credentials });
  try {
    const { arn: _, ...rest } = at;
    return { ...rest, ...(await call(sts, signal)), renews: !at.person };
  } catch (thrown) {
    throw toSecretError(thrown, { during: "role", hint: at.hint, signal });
  }
}

function parseTag(tag: string): { Key: string; Value: string } {
  const at = tag.indexOf("=");
  return { Key: tag.slice(0, at), Value: tag.slice(at + 1) };
}
