import type { AwsCredentials } from "./credentials/credentials.ts";
import type { Settings } from "./settings.ts";
import type { Transport } from "./transport.ts";

/** What every client of the SDK is made with, so that none looks for settings in `process.env` or retries by itself. */
export interface ClientOptions {
  readonly region: string;
  readonly endpoint?: string;
  readonly ignoreConfiguredEndpointUrls: true;
  readonly credentials: () => Promise<AwsCredentials>;
  readonly requestHandler: Transport["handler"];
  readonly maxAttempts: 1;
  readonly retryMode: "standard";
  readonly defaultsMode: "standard";
  readonly authSchemePreference: string[];
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  readonly userAgentAppId: () => Promise<undefined>;
  readonly disableClockSkewCorrection: false;
}

export function clientOptions(about: {
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly settings: Settings;
  readonly transport: Transport;
  readonly credentials: () => Promise<AwsCredentials>;
}): ClientOptions {
  const { credentials, endpoint, region, settings, transport } = about;
  return {
    region,
    ...(endpoint !== undefined && { endpoint }),
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
  };
}
