import type { Roles } from "./content.ts";
import type { Policy } from "./load.ts";

/** Who a policy's admins are. */
export interface Admins {
  /** `user`: the operating system says who somebody is; `vault`: the vault says which roles a session has. */
  readonly proof: "user" | "vault";
  readonly names: readonly string[];
}

const DEFAULT_ROLE = "vaultlink-admin";

export function adminsOf({ admin, proof = "vault", superAdmin = [] }: Roles = {}): Admins {
  if (proof === "file") return { proof: "user", names: [...(admin ?? []), ...superAdmin] };
  return { proof: "vault", names: [...(admin ?? [DEFAULT_ROLE]), ...superAdmin] };
}

/** Whether this user of the operating system is an admin: they own the policy, or it names them. */
export function isAdminUser({ content, place }: Policy, uid: number | undefined): boolean {
  const { names, proof } = adminsOf(content.roles);
  if (proof !== "user") return false;
  if (uid !== undefined && uid === place.owner) return true;
  return place.userName !== undefined && names.includes(place.userName);
}

/**
 * The roles at the vault of which a session needs one to disconnect what the team manages; `undefined` where this user may
 * whatever the vault says of them.
 */
export function requiredRoles(policy: Policy, uid: number | undefined): readonly string[] | undefined {
  const { names, proof } = adminsOf(policy.content.roles);
  if (proof === "vault") return names;
  return isAdminUser(policy, uid) ? undefined : [];
}
