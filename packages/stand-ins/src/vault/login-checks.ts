import type { AuthType } from "./seed.ts";
import type { Account } from "./state.ts";

/** A login method's mount and what comes after it. */
export interface LoginPath {
  readonly mount: string;
  readonly type: AuthType;
  /** The user name, for the methods that have it in the path. */
  readonly user: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;
type Result =
  | { readonly account: Account; readonly meta: Readonly<Record<string, string>> }
  | { readonly refusal: string; readonly status: number };

type Check = (path: LoginPath, fields: Fields, accounts: readonly Account[]) => Result;

const refuse = (status: number, refusal: string): Result => ({ status, refusal });

/** What each method asks for, and how it words a refusal. */
const CHECKS: Readonly<Record<AuthType, Check>> = {
  approle: (_, { role_id, secret_id }, accounts) => {
    if (!role_id) return refuse(500, "missing role_id");
    const account = accounts.find(({ roleId }) => roleId === role_id);
    if (account?.bindSecretId === false) return { account, meta: { role_name: account.name } };
    if (account && !secret_id) return refuse(400, "missing secret_id");
    if (account?.secretId !== secret_id || !account) return refuse(400, "invalid role or secret ID");
    return { account, meta: { role_name: account.name } };
  },
  userpass: ({ user }, { password }, accounts) => {
    if (!password) return refuse(500, "missing password");
    const account = accounts.find(({ name }) => name === user?.toLowerCase());
    if (account?.password !== password || !account) return refuse(400, "invalid username or password");
    return { account, meta: { username: account.name } };
  },
  ldap: ({ user }, { password }, accounts) => {
    const account = accounts.find(({ name }) => name === user?.toLowerCase());
    if (account?.password !== password || !account) return refuse(400, "ldap operation failed: failed to bind as user");
    return { account, meta: { username: account.name } };
  },
  jwt: (_, { role, jwt }, accounts) => {
    if (typeof role !== "string" || role === "") return refuse(400, "missing role");
    const account = accounts.find(({ name }) => name === role);
    if (!account) return refuse(400, `role "${role}" could not be found`);
    if (!jwt) return refuse(400, "missing token");
    if (account.jwt !== jwt)
      return refuse(
        400,
        "error validating token: error verifying token signature: no known key successfully validated the token signature",
      );
    return { account, meta: { role: account.name } };
  },
  kubernetes: (_, { role, jwt }, accounts) => {
    if (typeof role !== "string" || role === "") return refuse(400, "missing role");
    const account = accounts.find(({ name }) => name === role);
    if (!account) return refuse(400, `invalid role name "${role}"`);
    if (account.jwt !== jwt) return refuse(403, "permission denied");
    return { account, meta: { role: account.name } };
  },
};

export function checkLogin(path: LoginPath, fields: Fields, accounts: readonly Account[]): Result {
  return CHECKS[path.type](path, fields, accounts);
}
