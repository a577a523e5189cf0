import { fromIni } from "@aws-sdk/credential-providers";
import { loadSharedConfigFiles } from "@smithy/core/config";
import { definedMembers } from "@vaultlink/core/provider";
import { readSdkError } from "../sdk-error.ts";
import type { Transport } from "../transport.ts";
import { type AwsCredentials, plainCredentials } from "./credentials.ts";
import type { LookupReply, LookupRequest } from "./default-chain.ts";
import type { Origin, Via } from "./origin.ts";
import type { Programs } from "./programs.ts";
import { createSts, type Sts, type TokenInput } from "./sts.ts";
import type { Witness } from "./witness.ts";

type Profile = Readonly<Record<string, string | undefined>>;
type Profiles = Readonly<Record<string, Profile | undefined>>;

/** Looks in the files of AWS's own tools, with its own reader. `undefined`: no profile was named, and there is none. */
export async function lookInFiles(about: {
  readonly request: LookupRequest;
  readonly transport: Transport;
  readonly programs: Programs;
  readonly witness: Witness;
  readonly askCode: () => Promise<string>;
}): Promise<LookupReply | undefined> {
  const { programs, request, transport, witness } = about;
  const profiles = await load();
  const name = request.profile ?? "default";
  const profile = profiles[name];
  const origin = originOf(profiles, name);
  if (profile === undefined) return request.profile === undefined ? undefined : { type: "no-profile" };
  if (origin.via === "none" && request.profile === undefined) return undefined;
  const region = request.region ?? profile["region"];
  const whose = roles({ ...about, region: region ?? "us-east-1" });
  try {
    const { requestHandler, maxAttempts } = { requestHandler: transport.handler, maxAttempts: 1 };
    const credentials = await fromIni({
      profile: name,
      roleAssumer: whose.assume,
      roleAssumerWithWebIdentity: whose.exchange,
      clientConfig: { requestHandler, maxAttempts },
      ...(request.person && { mfaCodeProvider: about.askCode }),
    })({ callerClientConfig: { region: () => Promise.resolve(region ?? "us-east-1"), requestHandler } as never });
    const arn = whose.arn();
    return {
      type: "found",
      origin,
      credentials: plainCredentials(credentials),
      clock: transport.clock,
      ...definedMembers({ arn, region: profile["region"] }),
    };
  } catch (thrown) {
    const [asked, error] = [witness.seen(), readSdkError(thrown)];
    // A program's own words are part of what is thrown: nothing is read in them.
    const program = programs.failed && error.name === "CredentialsProviderError" && Object.keys(asked).length === 0;
    if (program) return { type: "failed", origin, error: { name: "ProgramFailed", text: "" } };
    // The SDK reads on in a section that is not there.
    const missing = error.name === "TypeError" && Object.keys(asked).length === 0;
    const text = missing ? "is missing required property" : error.text;
    return { type: "failed", origin, error: { ...asked, ...error, text, via: origin.via } };
  }
}

/** Assumes roles as the files say, except that a session without a name gets a stable one: it is part of the identity. */
function roles(about: { readonly request: LookupRequest; readonly transport: Transport; readonly region: string }) {
  const { region, request, transport } = about;
  let last: string | undefined;
  const through = async (call: (sts: Sts) => ReturnType<Sts["assumeRole"]>, credentials?: AwsCredentials) => {
    const sts = await createSts({ region, settings: request.settings, transport, ...(credentials && { credentials }) });
    const { arn, credentials: given } = await call(sts);
    last = arn;
    return given;
  };
  const named = <Input extends { readonly RoleSessionName?: string | undefined }>(input: Input) => ({
    ...input,
    // What the SDK makes up has the time in it.
    RoleSessionName:
      input.RoleSessionName?.replace(/^aws-sdk-js-(session-)?\d+$/, request.sessionName) ?? request.sessionName,
  });
  return {
    assume: (credentials: AwsCredentials, input: Parameters<Sts["assumeRole"]>[0]) =>
      through((sts) => sts.assumeRole(named(input)), credentials),
    exchange: (input: Partial<TokenInput>) => through((sts) => sts.assumeRoleWithToken(named(input) as TokenInput)),
    /** Whose session the last role gave. */
    arn: () => last,
  };
}

async function load(): Promise<Profiles> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  return Object.fromEntries([...names].map((name) => [name, { ...configFile[name], ...credentialsFile[name] }]));
}

const SOURCES: Readonly<Record<string, Via>> = {
  Environment: "environment",
  EcsContainer: "container",
  Ec2InstanceMetadata: "instance",
};

/** Where a profile's first credentials come from: a role's are those of the profile it builds on. */
function originOf(profiles: Profiles, name: string): Origin {
  let mfa = false;
  let at = name;
  const visited = new Set<string>();
  for (let profile = profiles[at]; profile !== undefined && !visited.has(at); profile = profiles[at]) {
    visited.add(at);
    mfa ||= profile["role_arn"] !== undefined && profile["mfa_serial"] !== undefined;
    const next = profile["role_arn"] === undefined ? undefined : profile["source_profile"];
    if (next === undefined || (next === at && profile["aws_access_key_id"] !== undefined)) {
      return { via: viaOf(profile), profile: at, mfa };
    }
    at = next;
  }
  // Named, but going round in circles or to nowhere: the reader says so.
  return { via: visited.size > 0 ? "keys" : "none", profile: name, mfa };
}

function viaOf(profile: Profile): Via {
  const source = profile["credential_source"];
  if (profile["role_arn"] !== undefined && source !== undefined) return SOURCES[source] ?? "keys";
  if (profile["aws_access_key_id"] !== undefined) return "keys";
  if (profile["web_identity_token_file"] !== undefined) return "web-identity";
  if (profile["credential_process"] !== undefined) return "process";
  if (Object.keys(profile).some((key) => key.startsWith("sso_"))) return "sso";
  return profile["login_session"] === undefined ? "none" : "login";
}
