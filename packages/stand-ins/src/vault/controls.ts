import { Kv1 } from "./kv1.ts";
import { Kv2 } from "./kv2.ts";
import { VersionedSecret } from "./kv2-secret.ts";
import { mountOf } from "./mount-info.ts";
import type { Lease } from "./leases.ts";
import type { Fields, PolicyRules } from "./seed.ts";
import type { VaultSettings } from "./settings.ts";
import { withDefault, type VaultState } from "./state.ts";
import { authOf } from "./token-answers.ts";

/** A token an administrator hands out. Times are seconds. */
export interface NewToken {
  readonly label?: string;
  readonly policies: readonly string[];
  readonly ttl?: number;
  readonly uses?: number;
  readonly renewable?: boolean;
  readonly explicitMaxTtl?: number;
}

/** What an administrator does behind the clients' backs. Paths are mount and name: `secret/app/db`. */
export interface VaultControls {
  /** Writes a secret; on KV v2 that adds a version. */
  put(path: string, fields: Fields): void;
  /** KV v2: deletes versions, the latest by default, so that they could be restored. KV v1: removes the secret. */
  delete(path: string, versions?: readonly number[]): void;
  /** KV v2: destroys versions, the latest by default, for good. */
  destroy(path: string, versions?: readonly number[]): void;
  /** Removes a secret with all that is known of it. */
  remove(path: string): void;
  issueToken(token: NewToken): string;
  /** A token for one `unwrap`, which gives `issueToken`'s token. */
  issueWrapped(token: NewToken, ttl?: number): string;
  /** Ends every token of one identity, or one token by its value, with its leases. */
  revoke(labelOrToken: string): void;
  revokeAll(): void;
  /** Takes every way to sign in from an identity; its tokens live on. */
  disableLogin(identity: string): void;
  /** Lets an identity's AppRole sign in by its role id alone. */
  unbindSecretId(identity: string): void;
  setPolicy(name: string, rules: PolicyRules): void;
  set(settings: Partial<VaultSettings>): void;
  seal(): void;
  unseal(): void;
  /** What was leased, ended leases included. */
  leases(): readonly Lease[];
}

export function vaultControls(state: VaultState): VaultControls {
  const engineAt = (path: string): readonly [Kv1 | Kv2, string] => {
    const [mount, engine] = mountOf(path, state.mounts) ?? [];
    if (!mount || !(engine instanceof Kv1 || engine instanceof Kv2))
      throw new TypeError("There is no key/value mount at that path.");
    return [engine, path.slice(mount.length)];
  };
  const end = (how: "deleted" | "destroyed", path: string, versions?: readonly number[]): void => {
    const [engine, name] = engineAt(path);
    if (engine instanceof Kv1) engine.entries.delete(name);
    else engine.secrets.get(name)?.end(how, versions, state.clock.now());
  };
  const issue = ({ label = "issued", policies, uses = 0, ...rest }: NewToken): ReturnType<typeof state.tokens.issue> =>
    state.tokens.issue({ label, policies: withDefault(policies), usesLeft: uses, ...rest });
  return {
    put: (path, fields) => {
      const [engine, name] = engineAt(path);
      if (engine instanceof Kv1) engine.entries.set(name, fields);
      else {
        const secret = engine.secrets.get(name) ?? new VersionedSecret();
        secret.add(fields, state.clock.now());
        engine.secrets.set(name, secret);
      }
    },
    delete: (path, versions) => end("deleted", path, versions),
    destroy: (path, versions) => end("destroyed", path, versions),
    remove: (path) => {
      const [engine, name] = engineAt(path);
      (engine instanceof Kv1 ? engine.entries : engine.secrets).delete(name);
    },
    issueToken: (token) => issue(token).id,
    issueWrapped: (token, ttl = 60) =>
      state.tokens.issue({
        label: "wrapping",
        policies: ["response-wrapping"],
        usesLeft: 1,
        ttl,
        renewable: false,
        wrapped: { auth: authOf(issue(token)) },
      }).id,
    revoke: (which) => {
      const ended = state.tokens.revoke(({ label, id }) => label === which || id === which);
      for (const { id } of ended) state.leases.revokeOf(id);
    },
    revokeAll: () => {
      for (const { id } of state.tokens.revoke(({ label }) => label !== "root")) state.leases.revokeOf(id);
    },
    disableLogin: (identity) => void state.accounts.delete(identity),
    unbindSecretId: (identity) => {
      const account = state.accounts.get(identity);
      if (account === undefined) throw new TypeError("There is no identity of that name.");
      state.accounts.set(identity, { ...account, bindSecretId: false });
    },
    setPolicy: (name, rules) => state.policies.set(name, rules),
    set: (settings) => void Object.assign(state.settings, settings),
    seal: () => {
      state.settings.mode = "sealed";
    },
    unseal: () => {
      state.settings.mode = "active";
    },
    leases: () => state.leases.all,
  };
}
