import type { Row } from "./row.ts";

/** What the SDK finds out by itself. Its texts are those of the pinned version. */
export const LOCAL: readonly Row[] = [
  {
    says: ["not configured to acquire tokens for tenant"],
    code: "invalid_config",
    message: "The key vault belongs to another tenant than the one that signs in.",
    mend: 'name that tenant in the connection\'s option "auth.additionalTenants"',
  },
  {
    names: ["AggregateAuthenticationError"],
    code: "unauthenticated",
    message: "No way to sign in to Azure was found.",
    mend: true,
  },
  {
    says: ["invalid value for azure_token_credentials"],
    code: "invalid_config",
    message: 'AZURE_TOKEN_CREDENTIALS, or the option "auth.chain", names nothing that can be tried.',
    mend: "export AZURE_TOKEN_CREDENTIALS=dev",
  },
  {
    says: ["azure cli could not be found"],
    code: "unauthenticated",
    message: "The command az is not installed, or not on the PATH.",
    mend: "az version",
  },
  {
    says: ["please run 'az login'", "aadsts", "az login"],
    code: "unauthenticated",
    message: "The sign-in of az has ended, or nobody has signed in.",
    mend: true,
  },
  {
    says: ["enoent", "no such file"],
    code: "unauthenticated",
    message: "The file with the credential cannot be found.",
    mend: true,
  },
  {
    says: ["certificate", "private key", "pem", "asn1", "decoder"],
    code: "invalid_config",
    message: "The file does not hold a certificate and its key, or the password is wrong.",
    mend: "export AZURE_CLIENT_CERTIFICATE_PATH=…",
  },
  {
    names: ["CredentialUnavailableError", "AuthenticationRequiredError", "AuthenticationError"],
    code: "unauthenticated",
    message: "This way of signing in gave no token.",
    mend: true,
  },
];
