import { temporaryCertificate } from "@vaultlink/test-support";
import { gzipSync } from "node:zlib";
import { type OnePasswordStandIn, serve, startOnePassword, wallClock } from "@vaultlink/stand-ins";
import { explain } from "../src/errors.ts";
import { SERVICE_ACCOUNT_ERRORS } from "../src/errors/service-account.ts";
import type { Case } from "./error-cases.ts";
import { withSession } from "./support.ts";

const TOKEN = "export OP_SERVICE_ACCOUNT_TOKEN=…";

const signIn = (token: string, requestTimeoutMs?: number): Promise<unknown> =>
  withSession(token, () => Promise.resolve(), requestTimeoutMs === undefined ? {} : { requestTimeoutMs });

/** A token with other members than the stand-in gave it. */
function altered(vault: OnePasswordStandIn, change: (content: Record<string, unknown>) => object): string {
  const content = JSON.parse(Buffer.from(vault.tokenOf("app").slice(4), "base64url").toString()) as never;
  return `ops_${Buffer.from(JSON.stringify(change(content))).toString("base64url")}`;
}

/** What befalls whoever signs in. */
export const SIGN_IN_CASES: readonly Case[] = [
  {
    when: "nothing comes back in time",
    cause: ({ vault }) => {
      vault.fault({ on: "auth.start", kind: "hang" });
      return signIn(vault.tokenOf("app"), 50);
    },
    code: "timeout",
    message: "1Password did not answer in time.",
    native: { code: "TimeoutError" },
  },
  {
    when: "the host is not known",
    cause: ({ vault }) => signIn(vault.tokenOf("app", "https://nowhere.invalid")),
    code: "unavailable",
    message: "The host of the token's sign-in address is not known here.",
  },
  {
    when: "nobody listens",
    cause: async () => {
      const gone = await startOnePassword();
      await gone.stop();
      return signIn(gone.tokenOf("app"));
    },
    code: "unavailable",
    message: "Nothing answers at the token's sign-in address.",
    native: { code: "ECONNREFUSED" },
  },
  {
    when: "the certificate is nobody's we know",
    cause: async ({ vault }) => {
      const nothing = { status: 404 };
      const backend = {
        describe: () => ({ route: "any", credential: "none", write: false }),
        answer: () => nothing,
        throttled: () => nothing,
        failure: () => nothing,
      };
      const server = await serve(backend, wallClock(), { tls: temporaryCertificate() });
      try {
        return await signIn(vault.tokenOf("app", server.url));
      } finally {
        await server.stop();
      }
    },
    code: "unavailable",
    message: "The certificate at the token's sign-in address is not trusted.",
    hint: "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem",
    native: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
  },
  ...[
    ["ERR_TLS_CERT_ALTNAME_INVALID", "is for another host name."],
    ["CERT_HAS_EXPIRED", "has expired, or is not valid yet."],
  ].map(([code = "", said = ""]): Case => ({
    when: `the certificate ${said}`,
    // Node's word, since the thread trusts no authority that a test could make.
    cause: () => Promise.reject(explain(SERVICE_ACCOUNT_ERRORS, { text: "", code: code })),
    code: "unavailable",
    message: `The certificate at the token's sign-in address ${said}`,
    native: { code },
  })),
  {
    when: "an answer does not end",
    cause: async ({ vault }) => {
      const body = gzipSync(Buffer.alloc(2 ** 27, " "));
      vault.fault({ on: "auth.start", kind: "status", status: 200, body, headers: { "content-encoding": "gzip" } });
      return signIn(vault.tokenOf("app"));
    },
    code: "unusable",
    message: "1Password's answer is larger than 64 MiB.",
    reason: "too-large",
  },
  {
    when: "the token is text",
    cause: () => signIn("vlcanary-no-token"),
    code: "unauthenticated",
    message: "This is not the token of a 1Password service account.",
    hint: TOKEN,
  },
  {
    when: "the token's address is not one to send keys to",
    cause: ({ vault }) => signIn(vault.tokenOf("app", "http://example.com")),
    code: "unauthenticated",
    message: "The token's sign-in address is not one of 1Password's.",
    hint: TOKEN,
  },
  {
    when: "the token lacks its keys",
    cause: ({ vault }) => signIn(altered(vault, ({ email, signInAddress }) => ({ email, signInAddress }))),
    code: "unauthenticated",
    message: "1Password's SDK cannot read this service account token.",
    hint: TOKEN,
  },
  {
    when: "the token was rotated",
    cause: ({ vault }) => {
      const before = vault.tokenOf("app");
      vault.rotate("app");
      return signIn(before);
    },
    code: "unauthenticated",
    message: "1Password refuses the service account token: it is wrong, revoked or expired.",
    hint: TOKEN,
  },
  {
    when: "the token opens nothing",
    cause: ({ vault }) => {
      const k = Buffer.alloc(32).toString("base64url");
      const token = altered(vault, (content) => ({ ...content, muk: { ...(content["muk"] as object), k } }));
      return withSession(token, (session) =>
        session.read({ path: "App/db/username", query: {} }, { env: {}, signal: new AbortController().signal }),
      );
    },
    code: "unauthenticated",
    message: "The service account token does not open the account's keys.",
    hint: TOKEN,
  },
  {
    when: "the token's address is none",
    cause: ({ vault }) => signIn(vault.tokenOf("app", "localhost:8443")),
    code: "invalid_config",
    message: "The token's sign-in address is no address.",
    hint: TOKEN,
  },
];
