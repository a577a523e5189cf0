import { userInfo } from "node:os";
import type { Reader } from "../config/permissions.ts";

/** Where a machine's policy is, and who the administrator and the user are. */
export interface PolicyPlace {
  readonly file: string;
  /** The number of the user who must own it and its folders; absent on Windows. */
  readonly owner: number | undefined;
  /** The name that the system has for the user, not that of the environment. */
  readonly userName: string | undefined;
}

/** Folders that only a system's administrator may write. */
const FOLDERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "/Library/Application Support/vaultlink",
  // Not %ProgramData%: there every user may make files. Not %ProgramFiles%: every user may set a variable.
  win32: "C:\\Program Files\\vaultlink",
};

/** The first of the system's configuration folders (XDG Base Directory Specification). */
const FOLDER = "/etc/xdg/vaultlink";

/**
 * Where the policy of this machine is. No variable changes that, `XDG_CONFIG_DIRS` included: whoever is under a policy must
 * not choose it.
 */
export function systemPolicy(platform: NodeJS.Platform): PolicyPlace {
  const folder = FOLDERS[platform] ?? FOLDER;
  const isWindows = platform === "win32";
  return {
    file: isWindows ? `${folder}\\policy.json` : `${folder}/policy.json`,
    owner: isWindows ? undefined : 0,
    userName: systemUser(),
  };
}

/** Nobody but the owner may decide what it says: neither by its mode nor by that of any folder above. */
export const policyReader = ({ owner }: PolicyPlace): Reader => ({ uid: owner, owned: true, above: true });

function systemUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // Node throws for a user whom the system does not know, as in some containers.
    return undefined;
  }
}
