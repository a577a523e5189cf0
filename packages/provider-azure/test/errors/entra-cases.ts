import { AZURE_SEED, CANARY } from "@vaultlink/stand-ins";
import { type Case, entraSays, given, signingIn } from "./case.ts";

const HINT = "export AZURE_CLIENT_SECRET=…";

/** One number of Entra's, in a refusal that says nothing else. */
const numbered = (number: number, message: string, hint?: string, code: Case["code"] = "unauthenticated"): Case => ({
  when: `the number is ${number}`,
  cause: signingIn({ status: 400, body: entraSays("invalid_request", number) }),
  code,
  message,
  ...(hint !== undefined && { hint }),
  native: { code: `AADSTS${number}` },
});

/** What Entra says, or what is in its place. */
export const ENTRA_CASES: readonly Case[] = [
  {
    when: "too many sign in",
    cause: signingIn({ status: 429, body: entraSays("rate_limited"), headers: { "retry-after": "30" } }),
    code: "throttled",
    message: "Entra asks to slow down: too many sign-ins.",
    retryAfterMs: 30_000,
    native: { status: 429 },
  },
  numbered(90055, "Entra is too busy for this sign-in.", undefined, "throttled"),
  {
    when: "too many sign in, says a proxy without a word",
    cause: signingIn({ status: 429, body: "" }),
    code: "throttled",
    message: "Something between here and Entra asks to slow down.",
  },
  {
    when: "it is down for a moment",
    cause: signingIn({ status: 503, body: entraSays("temporarily_unavailable") }),
    code: "unavailable",
    message: "Entra cannot sign anybody in for the moment.",
  },
  numbered(90033, "Entra says that its failure passes by itself.", undefined, "unavailable"),
  {
    when: "it fails",
    cause: signingIn({ status: 500, body: entraSays("unknown") }),
    code: "unavailable",
    message: "Entra failed.",
  },
  ...[500, 502].map((status): Case => ({
    when: `it fails with ${status} and an empty body`,
    cause: signingIn({ kind: "empty", status }),
    code: "unavailable",
    message: "Entra, or a proxy before it, failed without a word.",
    native: { status },
  })),
  {
    when: "there is no such tenant",
    cause: given({}, () => ({ AZURE_TENANT_ID: "nowhere.example" })),
    code: "invalid_config",
    message: "Entra knows no such tenant.",
    hint: "az account show",
  },
  {
    when: "the tenant does not know the application",
    cause: given({ auth: { clientId: "nobody" } }),
    code: "invalid_config",
    message: "The tenant knows no application with this client id.",
    hint: "az ad app show",
  },
  {
    when: "the client secret has expired",
    cause: given({ auth: { clientSecret: AZURE_SEED.applications["app"]?.formerSecret ?? "" } }),
    code: "unauthenticated",
    message: "The client secret has expired.",
    hint: "az ad app credential reset",
    native: { code: "AADSTS7000222" },
  },
  {
    when: "the client secret is wrong",
    cause: given({ auth: { clientSecret: `${CANARY}wrong` } }),
    code: "unauthenticated",
    message: "The client secret is wrong.",
    hint: HINT,
    native: { code: "AADSTS7000215" },
  },
  numbered(700027, "The certificate is not one of the application's.", "az ad app credential list"),
  {
    when: "the platform's token has expired",
    cause: (azure) => given({ auth: { assertion: () => Promise.resolve(azure.platformToken("app", -1)) } })(azure),
    code: "unauthenticated",
    message: "The token that vouches for us has expired, or the clocks differ.",
    hint: "vaultlink reauth",
  },
  numbered(
    700211,
    "The application has no federated credential for the platform that vouches for us.",
    "az ad app federated-credential list",
  ),
  {
    when: "the person declined",
    cause: signingIn({ status: 400, body: entraSays("authorization_declined") }),
    code: "aborted",
    message: "The person declined to sign in.",
  },
  {
    when: "nobody entered the code",
    cause: signingIn({ status: 400, body: entraSays("expired_token") }),
    code: "unauthenticated",
    message: "Nobody entered the code in time.",
    hint: HINT,
  },
  {
    when: "the person is wanted again",
    cause: signingIn({ status: 400, body: entraSays("invalid_grant", 50_078) }),
    code: "unauthenticated",
    message: "Entra wants the person to sign in again.",
    hint: HINT,
  },
  numbered(53_003, "Entra refuses this sign-in.", HINT),
  {
    when: "a page is in between",
    cause: signingIn({ kind: "html" }),
    code: "unavailable",
    message: "The answer did not come from Entra, but from something in between.",
  },
  {
    when: "a page is in between that says forbidden",
    cause: signingIn({ kind: "html", status: 403 }),
    code: "unavailable",
    message: "The answer did not come from Entra, but from something in between.",
  },
  {
    when: "a page is where its endpoints should be told",
    cause: signingIn({ kind: "html" }, {}, "entra.discovery"),
    code: "unavailable",
    message: "The answer did not come from Entra, but from something in between.",
  },
  {
    when: "its answer holds no token",
    cause: signingIn({ status: 200, body: { token_type: "Bearer", expires_in: 3600 } }),
    code: "unavailable",
    message: "Entra's answer holds no token.",
  },
  {
    when: "it does not say why",
    cause: signingIn({ status: 400, body: entraSays("invalid_request") }),
    code: "unavailable",
    message: "Entra refuses without saying why.",
  },
];
