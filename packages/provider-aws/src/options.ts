import { defineOptions, type OptionsSchema } from "@vaultlink/core/provider";

/** How to reach Secrets Manager in one region, and as whom. What is absent comes from the `AWS_*` variables and files. */
export interface AwsOptions {
  /** Region, e.g. `"eu-west-1"`. @default `AWS_REGION`, `AWS_DEFAULT_REGION`, else the profile's */
  readonly region?: string;
  /** Twelve digits. Nothing of another account is read: not by name, by ARN, nor as a role of `?role=`. @default any */
  readonly account?: string;
  readonly auth?: AuthOptions;
  /** A role that reads instead of the credentials found. */
  readonly role?: RoleOptions;
  /** URL of Secrets Manager: https, or http on loopback. @default `AWS_ENDPOINT_URL_SECRETS_MANAGER`, `AWS_ENDPOINT_URL`, the profile's, else AWS's */
  readonly endpoint?: string;
  /** URL of STS: https, or http on loopback. @default `AWS_ENDPOINT_URL_STS`, `AWS_ENDPOINT_URL`, the profile's, an `endpoint` on loopback, else AWS's */
  readonly stsEndpoint?: string;
  /** Uses the endpoints validated by FIPS 140. @default `AWS_USE_FIPS_ENDPOINT`, else false */
  readonly fips?: boolean;
  /** Uses the endpoints that speak IPv6 as well. @default `AWS_USE_DUALSTACK_ENDPOINT`, else false */
  readonly dualStack?: boolean;
  /** Certificates to trust instead of the usual ones, PEM. */
  readonly ca?: string;
  /** File of such certificates. @default `AWS_CA_BUNDLE` */
  readonly caFile?: string;
  /** How long connecting may take, in ms. @default 2000 */
  readonly connectTimeoutMs?: number;
  /** How long one answer may take, in ms. @default 10000 */
  readonly requestTimeoutMs?: number;
  /** What listing is restricted to, as `key=value` of the service's filters: `"tag-key=team"`, `"name=!tmp/"`. */
  readonly filters?: readonly string[];
}

/** Whose credentials are used. */
export interface AuthOptions {
  /** @default keys or a profile that is named here, else as AWS's own tools look for credentials */
  readonly method?: "keys" | "environment" | "profile" | "web-identity" | "container" | "instance";
  /** Profile of the AWS configuration files. @default `AWS_PROFILE`, `AWS_DEFAULT_PROFILE` */
  readonly profile?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  /** Belongs to temporary keys. */
  readonly sessionToken?: string;
  /** Serial number or ARN of the device whose code the keys need. */
  readonly mfaSerial?: string;
  /** Absolute path of the file with the platform's token. @default `AWS_WEB_IDENTITY_TOKEN_FILE` */
  readonly tokenFile?: string;
  /** ARN of the role that the platform's token is exchanged for. @default `AWS_ROLE_ARN` */
  readonly tokenRole?: string;
}

/** A role, and how it is assumed. */
export interface RoleOptions {
  /** ARN of the role. */
  readonly arn?: string;
  /** ARNs of roles to assume on the way to it, first to last. */
  readonly via?: readonly string[];
  readonly externalId?: string;
  /** What the role's session is called; part of the identity. @default `AWS_ROLE_SESSION_NAME`, else "vaultlink" */
  readonly sessionName?: string;
  /** How long one set of credentials of the role lives, in minutes. @default 60 */
  readonly duration?: number;
  /** Session tags, as `key=value`. */
  readonly tags?: readonly string[];
  /** Serial number or ARN of the device whose code the role needs. */
  readonly mfaSerial?: string;
}

/** Validates the options and describes them; prompts, flags and editors read the descriptions. */
export const schema: OptionsSchema<AwsOptions> = defineOptions<AwsOptions>({
  region: { type: "string", description: "Region, e.g. eu-west-1. Default: AWS_REGION, else the profile's." },
  account: {
    type: "string",
    description: "Account whose secrets this connection serves, twelve digits. Default: any.",
  },
  auth: {
    type: "object",
    description: "Whose credentials are used.",
    fields: {
      method: {
        type: "string",
        description: "Where credentials come from. Default: wherever AWS's own tools find them.",
        enum: ["keys", "environment", "profile", "web-identity", "container", "instance"],
      },
      profile: { type: "string", description: "Profile of the AWS configuration files. Default: AWS_PROFILE." },
      accessKeyId: { type: "string", description: "Access key id." },
      secretAccessKey: { type: "string", description: "Secret access key.", writeOnly: true },
      sessionToken: { type: "string", description: "Session token of temporary keys.", writeOnly: true },
      mfaSerial: { type: "string", description: "Serial number or ARN of the MFA device that the keys need." },
      tokenFile: { type: "string", description: "File of the platform's token. Default: AWS_WEB_IDENTITY_TOKEN_FILE." },
      tokenRole: { type: "string", description: "ARN of the role for the platform's token. Default: AWS_ROLE_ARN." },
    },
  },
  role: {
    type: "object",
    description: "A role that reads instead of the credentials found.",
    fields: {
      arn: { type: "string", description: "ARN of the role." },
      via: { type: "string[]", description: "ARNs of roles to assume on the way to it, first to last." },
      externalId: { type: "string", description: "External id that the role asks for." },
      sessionName: {
        type: "string",
        description: "What the role's session is called. Default: AWS_ROLE_SESSION_NAME, else vaultlink.",
      },
      duration: {
        type: "integer",
        description: "Minutes the role's credentials live.",
        minimum: 15,
        maximum: 720,
        default: 60,
      },
      tags: { type: "string[]", description: "Session tags, as key=value." },
      mfaSerial: { type: "string", description: "Serial number or ARN of the MFA device that the role needs." },
    },
  },
  endpoint: { type: "string", description: "URL of Secrets Manager: https, or http on loopback." },
  stsEndpoint: { type: "string", description: "URL of STS: https, or http on loopback." },
  fips: { type: "boolean", description: "Uses the endpoints validated by FIPS 140." },
  dualStack: { type: "boolean", description: "Uses the endpoints that speak IPv6 as well." },
  ca: { type: "string", description: "Certificates to trust instead of the usual ones, PEM." },
  caFile: { type: "string", description: "File of certificates to trust instead. Default: AWS_CA_BUNDLE." },
  connectTimeoutMs: { type: "integer", description: "Milliseconds connecting may take.", minimum: 1, default: 2000 },
  requestTimeoutMs: { type: "integer", description: "Milliseconds one answer may take.", minimum: 1, default: 10_000 },
  filters: { type: "string[]", description: "What listing is restricted to, e.g. tag-key=team." },
});
