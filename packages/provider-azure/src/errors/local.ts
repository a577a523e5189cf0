import type { AzureErrorRule } from "./error-rule.ts";

/** Ways of signing in that begin with a file. */
const FROM_FILES = ["client-certificate", "client-assertion", "workload-identity"] as const;

/** What the SDK finds out by itself. Its texts are those of the pinned version. */
export const LOCAL: readonly AzureErrorRule[] = [
  {
    says: ["the current credential is not configured to acquire tokens for tenant"],
    code: "invalid_config",
    message: "The key vault belongs to another tenant than the one that signs in.",
    hint: 'name that tenant in the connection\'s option "auth.additionalTenants"',
  },
  {
    names: ["AggregateAuthenticationError"],
    code: "unauthenticated",
    message: "No way to sign in to Azure was found.",
    hint: true,
  },
  {
    names: ["Error"],
    says: ["invalid value for azure_token_credentials"],
    code: "invalid_config",
    message: 'AZURE_TOKEN_CREDENTIALS, or the option "auth.chain", names nothing that can be tried.',
    hint: "export AZURE_TOKEN_CREDENTIALS=dev",
  },
  {
    methods: ["cli"],
    says: ["azure cli could not be found"],
    code: "unauthenticated",
    message: "The command az is not installed, or not on the PATH.",
    hint: "az version",
  },
  {
    methods: ["cli"],
    says: ["aadsts", "az login"],
    code: "unauthenticated",
    message: "The sign-in of az has ended, or nobody has signed in.",
    hint: true,
  },
  {
    methods: FROM_FILES,
    says: ["enoent: no such file"],
    code: "unauthenticated",
    message: "The file with the credential cannot be found.",
    hint: true,
  },
  {
    methods: FROM_FILES,
    says: ["eacces: permission denied", "eperm: operation not permitted", "eisdir: illegal operation"],
    code: "unauthenticated",
    message: "The file with the credential cannot be read.",
    hint: true,
  },
  {
    // Whatever else fails without asking anybody: the SDK and OpenSSL word it in many ways.
    methods: ["client-certificate"],
    peer: "nobody",
    code: "invalid_config",
    message: "The file does not hold a certificate and its key, or the password is wrong.",
    hint: "export AZURE_CLIENT_CERTIFICATE_PATH=…",
  },
  {
    names: ["CredentialUnavailableError", "AuthenticationRequiredError", "AuthenticationError"],
    code: "unauthenticated",
    message: "This way of signing in gave no token.",
    hint: true,
  },
];
