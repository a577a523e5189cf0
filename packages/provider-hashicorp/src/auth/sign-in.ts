import type { AuthMethod } from "../auth-options.ts";
import type { Attempt, Grant } from "./attempt.ts";

type Method = (attempt: Attempt) => Promise<Grant>;

/** Each method loads when it is used. */
const METHODS: Readonly<Record<AuthMethod, () => Promise<Method>>> = {
  token: async () => (await import("./token.ts")).useToken,
  approle: async () => (await import("./approle.ts")).logInWithAppRole,
  userpass: async () => (await import("./password.ts")).logInWithUserpass,
  ldap: async () => (await import("./password.ts")).logInWithLdap,
  jwt: async () => (await import("./jwt.ts")).logInWithJwt,
  kubernetes: async () => (await import("./kubernetes.ts")).logInWithKubernetes,
  oidc: async () => (await import("./oidc.ts")).logInWithOidc,
  cert: async () => (await import("./cert.ts")).logInWithCertificate,
  aws: async () => (await import("./aws.ts")).logInWithAws,
  agent: async () => (await import("./agent.ts")).useAgent,
  wrapped: async () => (await import("./response-wrapping.ts")).unwrapToken,
};

/** Signs in by the configured method. Throws `unauthenticated` where credentials are missing or refused. */
export async function signIn(attempt: Attempt): Promise<Grant> {
  const method = await METHODS[attempt.auth.method ?? "token"]();
  return method(attempt);
}
