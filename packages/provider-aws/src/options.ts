import { defineOptions, NETWORK_VARIABLES, type OptionsOf, type OptionsSchema } from "@vaultlink/core/provider";

/** Described once: prompts, flags, editors and the types below read this. */
const fields = {
  region: {
    type: "string",
    description: "Region, e.g. eu-west-1.",
    envVariables: ["AWS_REGION", "AWS_DEFAULT_REGION"],
    otherwise: "the profile's",
  },
  account:
    "Account whose secrets this connection serves, twelve digits: nothing of another is read, by name, ARN or role. Default: any.",
  auth: {
    type: "object",
    description: "Whose credentials are used.",
    fields: {
      method: {
        type: "string",
        description: "Where credentials come from. Default: wherever AWS's own tools find them.",
        enum: ["keys", "environment", "profile", "web-identity", "container", "instance"],
      },
      profile: {
        type: "string",
        description: "Profile of the AWS configuration files.",
        envVariables: ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
      },
      accessKeyId: "Access key id.",
      secretAccessKey: { type: "string", description: "Secret access key.", writeOnly: true },
      sessionToken: { type: "string", description: "Session token of temporary keys.", writeOnly: true },
      mfaSerial: "Serial number or ARN of the MFA device that the keys need.",
      tokenFile: {
        type: "string",
        description: "Absolute path of the file with the platform's token.",
        envVariables: ["AWS_WEB_IDENTITY_TOKEN_FILE"],
      },
      tokenRole: {
        type: "string",
        description: "ARN of the role for the platform's token.",
        envVariables: ["AWS_ROLE_ARN"],
      },
    },
  },
  role: {
    type: "object",
    description: "A role that reads instead of the credentials found.",
    fields: {
      arn: "ARN of the role.",
      via: { type: "string[]", description: "ARNs of roles to assume on the way to it, first to last." },
      externalId: "External id that the role asks for.",
      sessionName: {
        type: "string",
        description: "What the role's session is called; part of the identity.",
        envVariables: ["AWS_ROLE_SESSION_NAME"],
        otherwise: "vaultlink",
      },
      duration: {
        type: "integer",
        description: "Minutes the role's credentials live.",
        minimum: 15,
        maximum: 720,
        default: 60,
      },
      tags: { type: "string[]", description: "Session tags, as key=value." },
      mfaSerial: "Serial number or ARN of the MFA device that the role needs.",
    },
  },
  endpoint: {
    type: "string",
    description: "URL of Secrets Manager: https, or http on loopback.",
    envVariables: ["AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"],
    otherwise: "the profile's, else AWS's",
  },
  stsEndpoint: {
    type: "string",
    description: "URL of STS: https, or http on loopback.",
    envVariables: ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"],
    otherwise: "the profile's, an endpoint on loopback, else AWS's",
  },
  fips: {
    type: "boolean",
    description: "Uses the endpoints validated by FIPS 140.",
    envVariables: ["AWS_USE_FIPS_ENDPOINT"],
  },
  dualStack: {
    type: "boolean",
    description: "Uses the endpoints that speak IPv6 as well.",
    envVariables: ["AWS_USE_DUALSTACK_ENDPOINT"],
  },
  ca: "Certificates to trust instead of the usual ones, PEM.",
  caFile: { type: "string", description: "File of certificates to trust instead.", envVariables: ["AWS_CA_BUNDLE"] },
  connectTimeoutMs: { type: "integer", description: "Milliseconds connecting may take.", minimum: 1, default: 2000 },
  requestTimeoutMs: { type: "integer", description: "Milliseconds one answer may take.", minimum: 1, default: 10_000 },
  filters: {
    type: "string[]",
    description:
      "What listing is restricted to, as key=value of the service's filters, e.g. tag-key=team or name=!tmp/.",
  },
} as const;

/** How to reach Secrets Manager in one region, and as whom. What is absent comes from the `AWS_*` variables and files. */
export type AwsOptions = OptionsOf<typeof fields>;

/** Whose credentials are used. */
export type AuthOptions = NonNullable<AwsOptions["auth"]>;

/** Where credentials come from. */
export type AuthMethod = NonNullable<AuthOptions["method"]>;

/** A role, and how it is assumed. */
export type RoleOptions = NonNullable<AwsOptions["role"]>;

/** Validates the options and describes them. */
export const schema: OptionsSchema<AwsOptions> = defineOptions<AwsOptions>(fields);

/** The first that is set counts. */
export const REGION_VARIABLES: readonly string[] = fields.region.envVariables;
/** Of the two the first is the one that all of AWS's tools know. */
export const PROFILE_VARIABLES: readonly string[] = fields.auth.fields.profile.envVariables;

/**
 * Everything that decides who asks, whom, and through what. `HOME` finds the vendor's files and its sign-ins, `PATH` the
 * program of a `credential_process`.
 */
export const ENV_VARIABLES: readonly string[] = ["AWS_*", "HOME", "USERPROFILE", "PATH", ...NETWORK_VARIABLES];
