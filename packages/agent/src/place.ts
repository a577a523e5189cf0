import type * as fs from "node:fs";
import { SecretError } from "@vaultlink/core";

/** What decides where a user's agent is. */
export interface UserEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The home directory. */
  readonly home: string;
  /** The user's number; absent on Windows. */
  readonly uid: number | undefined;
}

/** Where a user's agent is. */
export interface AgentPlace {
  readonly directory: string;
  /** The socket; its name holds the major version of the protocol. */
  readonly socket: string;
  /** The file of 32 random bytes that both ends prove to know. */
  readonly cookie: string;
  readonly uid: number;
}

/** Bytes a socket's path may have, the final NUL included: `sun_path` of macOS, which is the shortest. */
const MAX_PATH_BYTES = 104;
/** What the private names of a starting agent add to the socket's path. */
const PRIVATE_SUFFIX_BYTES = 10;
const SOCKET = "agent-1.sock";

/**
 * The agent's place: `$XDG_RUNTIME_DIR/vaultlink`, else `~/Library/Caches/vaultlink/run` on macOS, else
 * `~/.cache/vaultlink/run`. A relative path counts as unset (XDG Base Directory Specification). Where the path is too
 * long for a socket, a hash of it stands in a directory that is the user's alone.
 * Throws `invalid_config` where there is no such directory, and on Windows, where there is no agent yet.
 */
export function agentPlace(around: UserEnvironment): AgentPlace {
  const { env, platform, home, uid } = around;
  if (platform === "win32" || uid === undefined) {
    throw new SecretError("invalid_config", "There is no agent on Windows yet.");
  }
  const path = process.getBuiltinModule("node:path");
  const given = (name: string): string | undefined => {
    const value = env[name];
    return value && path.isAbsolute(value) ? value : undefined;
  };
  const runtime = given("XDG_RUNTIME_DIR");
  const cache = given("XDG_CACHE_HOME") ?? path.join(home, platform === "darwin" ? "Library/Caches" : ".cache");
  const directory = runtime === undefined ? path.join(cache, "vaultlink", "run") : path.join(runtime, "vaultlink");
  if (!path.isAbsolute(directory)) {
    throw new SecretError("invalid_config", "The home directory is not an absolute path.", { hint: "Set HOME" });
  }
  return placeIn(fits(directory) ? directory : shortened(directory, uid, [`/run/user/${uid}`, given("TMPDIR")]), uid);
}

/** The variables that say where configuration is, and the log of who reads what. */
const CONFIGURATION_VARIABLES = ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA", "VAULTLINK_PROJECT"];

/** Where a command or a program runs, as the agent is told, which finds the configuration from it. */
export function commandPlace({
  cwd,
  env,
  home,
}: Pick<UserEnvironment, "env" | "home"> & { readonly cwd: string }): object {
  const told = CONFIGURATION_VARIABLES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { cwd, home, env: Object.fromEntries(told) };
}

function placeIn(directory: string, uid: number): AgentPlace {
  return { directory, socket: `${directory}/${SOCKET}`, cookie: `${directory}/cookie`, uid };
}

const fits = (directory: string): boolean =>
  Buffer.byteLength(directory) + 1 + SOCKET.length + PRIVATE_SUFFIX_BYTES < MAX_PATH_BYTES;

/** A directory for what does not fit, in the first of some directories that is this user's alone. */
function shortened(directory: string, uid: number, bases: ReadonlyArray<string | undefined>): string {
  const { lstatSync } = process.getBuiltinModule("node:fs");
  const hash = process.getBuiltinModule("node:crypto").createHash("sha256").update(directory).digest("hex");
  for (const base of bases) {
    const found = base === undefined ? undefined : lstatSync(base, { throwIfNoEntry: false });
    if (!found?.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) continue;
    const short = `${base}/vaultlink-${hash.slice(0, 16)}`;
    if (fits(short)) return short;
  }
  throw new SecretError("invalid_config", "The path of the agent's directory is too long for a socket.", {
    hint: "Set XDG_RUNTIME_DIR to a shorter path",
  });
}

/** Whether the directory is there. Throws `invalid_config` for one that others may enter, or that is somebody else's. */
export function checkDirectory({ directory, uid }: AgentPlace): boolean {
  const { lstatSync } = process.getBuiltinModule("node:fs");
  const found = lstatSync(directory, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (!found.isDirectory()) throw suspicious(directory, "is not a directory");
  if (found.uid !== uid) throw suspicious(directory, "belongs to another user");
  if ((found.mode & 0o077) !== 0) throw suspicious(directory, "is open to other users", `chmod 700 ${directory}`);
  return true;
}

/** Makes the directory, for nobody else, and checks it. */
export function makeDirectory(place: AgentPlace): void {
  const { mkdirSync } = process.getBuiltinModule("node:fs");
  mkdirSync(place.directory, { recursive: true, mode: 0o700 });
  checkDirectory(place);
}

/** What stands at the socket's name. */
export interface FoundSocket {
  readonly inode: string;
  /** Whether nobody else may use it. One that others may use is no agent's; if nobody listens there, it is left over. */
  readonly isPrivate: boolean;
}

/** The socket, or `undefined` where there is none. Throws `invalid_config` for what is no socket, or another user's. */
export function checkSocket({ socket, uid }: AgentPlace): FoundSocket | undefined {
  const found = statBig(socket);
  if (found === undefined) return undefined;
  if (!found.isSocket()) throw suspicious(socket, "is not a socket");
  if (found.uid !== BigInt(uid)) throw suspicious(socket, "belongs to another user");
  return { inode: String(found.ino), isPrivate: (found.mode & 0o077n) === 0n };
}

/** Inodes may need 64 bits. */
export function inodeOf(path: string): string | undefined {
  const found = statBig(path);
  return found && String(found.ino);
}

function statBig(path: string): fs.BigIntStats | undefined {
  const { lstatSync } = process.getBuiltinModule("node:fs");
  return lstatSync(path, { bigint: true, throwIfNoEntry: false });
}

/** What is at the agent's place and is not the agent's. Never a reason to go on without it silently. */
export function suspicious(
  path: string,
  what: string,
  hint: string = `Remove ${path} if it is not yours`,
): SecretError {
  return new SecretError("invalid_config", `${path} ${what}, so it is not used.`, { hint });
}
