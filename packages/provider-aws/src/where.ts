import { type ProviderEnv, variable, type VaultLocation, whereFacts } from "@vaultlink/core/provider";
import { type AwsOptions, PROFILE_VARIABLES, REGION_VARIABLES } from "./options.ts";

/** Which account's and region's secrets these are, without what a profile says: reading its file takes the SDK. */
export function where(options: AwsOptions, env: ProviderEnv): VaultLocation {
  const facts = whereFacts(env, [
    { what: "region", option: options.region, variables: REGION_VARIABLES },
    { what: "account", option: options.account },
    { what: "profile", option: options.auth?.profile, variables: PROFILE_VARIABLES },
    { what: "role", option: options.role?.arn },
    {
      what: "endpoint",
      option: options.endpoint,
      variables: ["AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"],
    },
  ]);
  const valueOf = (wanted: string): string | undefined => facts.find(({ what }) => what === wanted)?.value;
  return {
    facts,
    address: valueOf("endpoint") ?? serviceOf(valueOf("region"), options.fips === true),
    caFile: options.caFile ?? variable(env, "AWS_CA_BUNDLE"),
  };
}

/** https://docs.aws.amazon.com/general/latest/gr/asm.html */
function serviceOf(region: string | undefined, fips: boolean): string | undefined {
  if (region === undefined || !/^[a-z0-9-]+$/.test(region)) return undefined;
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://secretsmanager${fips ? "-fips" : ""}.${region}.${suffix}`;
}
