import type { Capability, PolicyRules } from "./seed.ts";

/** What every token may do besides its policies: the parts of the vault's own `default` policy in use here. */
const DEFAULT: PolicyRules = {
  "auth/token/lookup-self": ["read"],
  "auth/token/renew-self": ["update"],
  "auth/token/revoke-self": ["update"],
  "sys/capabilities-self": ["update"],
  "sys/leases/renew": ["update"],
  "sys/wrapping/unwrap": ["update"],
};

/** All a wrapping token is good for. */
const WRAPPING: PolicyRules = { "sys/wrapping/unwrap": ["update"] };

/** The policies a vault knows, changeable at run time. */
export class Policies {
  readonly #rules: Map<string, PolicyRules>;

  constructor(seed: Readonly<Record<string, PolicyRules>>) {
    this.#rules = new Map([["default", DEFAULT], ["response-wrapping", WRAPPING], ...Object.entries(seed)]);
  }

  set(name: string, rules: PolicyRules): void {
    for (const path of Object.keys(rules)) {
      if (/\+|\*./.test(path)) throw new TypeError("Only a `*` at the end of a policy's path is understood here.");
    }
    this.#rules.set(name, rules);
  }

  /** The most specific rule of each policy decides, and `deny` wins. */
  allows(names: readonly string[], path: string, capability: Capability | undefined): boolean {
    if (names.includes("root")) return true;
    const found = names.map((name) => mostSpecific(this.#rules.get(name) ?? {}, path));
    if (found.some((capabilities) => capabilities.includes("deny"))) return false;
    return capability !== undefined && found.some((capabilities) => capabilities.includes(capability));
  }

  /** Whether anything under a mount is granted: the vault's own test before it says a mount exists. */
  reaches(names: readonly string[], mount: string): boolean {
    if (names.includes("root")) return true;
    return names.some((name) =>
      Object.entries(this.#rules.get(name) ?? {}).some(([path, capabilities]) => {
        const prefix = path.replace(/\*$/, "");
        return (
          !capabilities.includes("deny") &&
          (prefix.startsWith(mount) || (path.endsWith("*") && mount.startsWith(prefix)))
        );
      }),
    );
  }
}

function mostSpecific(rules: PolicyRules, path: string): readonly Capability[] {
  const exact = rules[path];
  if (exact) return exact;
  const globs = Object.keys(rules).filter((rule) => rule.endsWith("*") && path.startsWith(rule.slice(0, -1)));
  const longest = globs.toSorted((a, b) => b.length - a.length)[0];
  return longest === undefined ? [] : (rules[longest] ?? []);
}
