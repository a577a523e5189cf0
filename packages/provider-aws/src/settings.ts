import {
  definedMembers,
  findNetwork,
  invalidConfig,
  isSwitchedOn,
  type Network,
  type ProviderEnv,
  variable,
} from "@vaultlink/core/provider";
import { checkEndpoint } from "./check-options.ts";
import type { AwsOptions } from "./options.ts";
import type { ProfileSettings } from "./profile-settings.ts";

/** How AWS is reached. Plain data, so that it can go to another thread. */
export interface Settings extends Network {
  /** Of Secrets Manager; absent means AWS's own. */
  readonly endpoint?: string;
  readonly stsEndpoint?: string;
  readonly fips: boolean;
  readonly dualStack: boolean;
  /** Ms. */
  readonly connectTimeoutMs: number;
  /** Ms. */
  readonly requestTimeoutMs: number;
}

/**
 * Settles how AWS is reached: an option wins over a variable, and that over the profile.
 * Throws `invalid_config` for addresses and certificates that cannot be meant, and where this Node knows no proxies.
 */
export async function settle(options: AwsOptions, env: ProviderEnv, profile: ProfileSettings): Promise<Settings> {
  const endpoint = options.endpoint ?? findEndpoint(env, profile, "SECRETS_MANAGER");
  // What speaks http on loopback is an emulator: its keys are nothing for the real STS.
  const emulator = endpoint?.startsWith("http:") ? endpoint : undefined;
  const stsEndpoint = options.stsEndpoint ?? findEndpoint(env, profile, "STS") ?? emulator;
  const caFile = options.caFile ?? variable(env, "AWS_CA_BUNDLE") ?? profile.values["ca_bundle"];
  const network = await findNetwork(env, { ca: options.ca, caFile });
  const fips = options.fips ?? isSwitchedOn(env["AWS_USE_FIPS_ENDPOINT"] || profile.values["use_fips_endpoint"]);
  const dualStack =
    options.dualStack ?? isSwitchedOn(env["AWS_USE_DUALSTACK_ENDPOINT"] || profile.values["use_dualstack_endpoint"]);
  if ((endpoint ?? stsEndpoint) !== undefined && (fips || dualStack)) {
    throw invalidConfig(
      "FIPS and dual-stack choose among AWS's own endpoints: give an endpoint or one of them, not both.",
    );
  }
  return {
    ...network,
    ...definedMembers({ endpoint, stsEndpoint }),
    fips,
    dualStack,
    connectTimeoutMs: options.connectTimeoutMs ?? 2000,
    requestTimeoutMs: options.requestTimeoutMs ?? 10_000,
  };
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function findEndpoint(env: ProviderEnv, profile: ProfileSettings, service: string): string | undefined {
  const { endpoint_url: general, ignore_configured_endpoint_urls: ignore } = profile.values;
  if (isSwitchedOn(env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] || ignore)) return undefined;
  for (const name of [`AWS_ENDPOINT_URL_${service}`, "AWS_ENDPOINT_URL"]) {
    const address = variable(env, name);
    if (address !== undefined) return checkEndpoint(name, address);
  }
  const address = profile.endpointOf(service.toLowerCase()) ?? general;
  return address === undefined ? undefined : checkEndpoint("The profile's endpoint_url", address);
}
