import { join } from "node:path";
import { type Env, SecretError } from "@vaultlink/core";
import { folderFrom, isComplete } from "../folders.ts";

/**
 * The program that opens pages, by an absolute path: a name alone would be looked for in the working directory, too, on
 * Windows and where PATH has a relative entry, and a checkout may hold anything. `undefined` where there is none.
 */
export function pageOpener(
  env: Env,
  platform: NodeJS.Platform,
  isProgram: (path: string) => boolean,
): readonly [string, ...string[]] | undefined {
  if (platform === "darwin") return ["/usr/bin/open"];
  if (platform === "win32") {
    const root = folderFrom(env, "SystemRoot", platform) ?? String.raw`C:\Windows`;
    // Not `start`: that one needs a shell, which would read the address as a command.
    return [String.raw`${root}\System32\rundll32.exe`, "url.dll,FileProtocolHandler"];
  }
  const folders = (env["PATH"] ?? "").split(":").filter((folder) => isComplete(folder, platform));
  const found = folders.map((folder) => join(folder, "xdg-open")).find(isProgram);
  return found === undefined ? undefined : [found];
}

/** Opens a page in the person's browser, if there is one; the address is on the terminal in any case. */
export async function openPage(url: string): Promise<void> {
  if (!isSafe(url))
    throw new SecretError("invalid_config", "The page to sign in on is not https, nor http on loopback.");
  const { existsSync } = await import("node:fs");
  const opener = pageOpener(process.env, process.platform, existsSync);
  if (opener === undefined) return;
  const [file, ...args] = opener;
  const { spawn } = await import("node:child_process");
  const child = spawn(file, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}

function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname));
}
