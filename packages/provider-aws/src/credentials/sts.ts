import { definedMembers } from "@vaultlink/core/provider";
import type { AssumeRoleCommandInput, Credentials } from "@aws-sdk/client-sts";
import { hasCorrected } from "../clock.ts";
import { createSdkClient } from "../sdk-client.ts";
import type { Settings } from "../settings.ts";
import type { Transport } from "../transport.ts";
import type { AwsCredentials } from "./credentials.ts";

/** The security token service, as far as credentials need it. Throws what the SDK throws. Runs in either thread. */
export interface Sts {
  assumeRole(input: AssumeRoleCommandInput, signal?: AbortSignal): Promise<Assumed>;
  assumeRoleWithToken(input: TokenInput, signal?: AbortSignal): Promise<Assumed>;
  sessionToken(input: { SerialNumber: string; TokenCode: string }, signal?: AbortSignal): Promise<Assumed>;
  /** The ARN of whoever signs. Needs no permission. */
  whoAmI(signal?: AbortSignal): Promise<string | undefined>;
}

export interface TokenInput {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly WebIdentityToken: string;
}

export interface Assumed {
  readonly credentials: AwsCredentials;
  readonly arn?: string;
}

/** Makes a client that signs with one set of credentials. It is never destroyed: that would end the transport's sockets, under whoever uses them. */
export async function createSts(about: {
  readonly region: string;
  readonly settings: Settings;
  readonly transport: Transport;
  readonly credentials?: AwsCredentials;
}): Promise<Sts> {
  const sdk = await import("@aws-sdk/client-sts");
  const { settings } = about;
  const nobody = { accessKeyId: "", secretAccessKey: "" };
  const credentials = (): Promise<AwsCredentials> => Promise.resolve(about.credentials ?? nobody);
  const client = createSdkClient(sdk.STSClient, { ...about, endpoint: settings.stsEndpoint, credentials });
  const options = (abortSignal: AbortSignal | undefined) => (abortSignal === undefined ? {} : { abortSignal });
  return {
    assumeRole: async (input, signal) =>
      assumed(await inTime(() => client.send(new sdk.AssumeRoleCommand(input), options(signal)))),
    assumeRoleWithToken: async (input, signal) =>
      assumed(await client.send(new sdk.AssumeRoleWithWebIdentityCommand(input), options(signal))),
    sessionToken: async (input, signal) =>
      assumed(await inTime(() => client.send(new sdk.GetSessionTokenCommand(input), options(signal)))),
    whoAmI: async (signal) =>
      (await inTime(() => client.send(new sdk.GetCallerIdentityCommand({}), options(signal)))).Arn,
  };
}

/** Repeats a call once that failed by this machine's clock, now that AWS's is known. */
async function inTime<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (thrown) {
    if (hasCorrected(thrown)) return call();
    throw thrown;
  }
}

function assumed(answer: {
  readonly Credentials?: Credentials | undefined;
  readonly AssumedRoleUser?: { readonly Arn?: string | undefined } | undefined;
}): Assumed {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
  // A page with status 200 is parsed as an answer that says nothing.
  if (AccessKeyId === undefined || SecretAccessKey === undefined)
    throw new SyntaxError("No credentials in the answer.");
  const arn = answer.AssumedRoleUser?.Arn;
  return {
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...definedMembers({ sessionToken: SessionToken, expiration: Expiration }),
    },
    ...definedMembers({ arn }),
  };
}
