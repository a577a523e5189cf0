import type { VaultSeed } from "./seed.ts";

/** How one identity signs in, by method. `mount` is the login method's path, without slashes around it. */
export interface VaultCredentials {
  readonly token: string;
  readonly approle: { readonly mount: string; readonly roleId: string; readonly secretId: string };
  /** The same role on a second mount. */
  readonly nestedApprole: { readonly mount: string; readonly roleId: string; readonly secretId: string };
  readonly userpass: { readonly mount: string; readonly username: string; readonly password: string };
  readonly jwt: { readonly mount: string; readonly role: string; readonly jwt: string };
  /** Absent where the server has no such method. */
  readonly ldap?: { readonly mount: string; readonly username: string; readonly password: string };
  readonly kubernetes?: { readonly mount: string; readonly role: string; readonly jwt: string };
}

/** The stand-in's credentials, as the seed has them. */
export function credentialsOf(seed: VaultSeed): Readonly<Record<string, VaultCredentials>> {
  return Object.fromEntries(
    Object.entries(seed.identities).map(([name, { token, roleId, secretId, password, jwt }]) => [
      name,
      {
        token,
        approle: { mount: "approle", roleId, secretId },
        nestedApprole: { mount: "team/approle", roleId, secretId },
        userpass: { mount: "userpass", username: name, password },
        ldap: { mount: "ldap", username: name, password },
        jwt: { mount: "jwt", role: name, jwt },
        kubernetes: { mount: "kubernetes", role: name, jwt },
      },
    ]),
  );
}
