import type { SecretsManagerClientConfig } from "@aws-sdk/client-secrets-manager";
import type { STSClientConfig } from "@aws-sdk/client-sts";
import { definedMembers } from "@vaultlink/core/provider";
import { boundAnswers } from "./bound.ts";
import { shareClock } from "./clock.ts";
import type { AwsCredentials } from "./credentials/credentials.ts";
import type { Settings } from "./settings.ts";
import type { Transport } from "./transport.ts";

/** What both of the SDK's clients take. */
type ClientConfig = SecretsManagerClientConfig & STSClientConfig;

/**
 * Makes a client of the SDK: one that looks for settings neither in `process.env` nor in files, retries nothing by itself,
 * ends answers that are too large, and shares what it learns of AWS's clock.
 */
export function createSdkClient<Client extends { readonly config: object }>(
  ClientOf: new (config: ClientConfig) => Client,
  about: {
    readonly region: string;
    readonly endpoint: string | undefined;
    readonly settings: Settings;
    readonly transport: Transport;
    readonly credentials: () => Promise<AwsCredentials>;
  },
): Client {
  const { credentials, endpoint, region, settings, transport } = about;
  const client = new ClientOf({
    region,
    ...definedMembers({ endpoint }),
    ignoreConfiguredEndpointUrls: true,
    credentials,
    requestHandler: transport.handler,
    maxAttempts: 1,
    retryMode: "standard",
    defaultsMode: "standard",
    // What is absent here, the SDK looks for in the files of this process's home.
    authSchemePreference: [],
    useFipsEndpoint: settings.fips,
    useDualstackEndpoint: settings.dualStack,
    userAgentAppId: () => Promise.resolve(undefined),
    disableClockSkewCorrection: false,
  });
  shareClock(client.config, transport.clock);
  boundAnswers(client);
  return client;
}
