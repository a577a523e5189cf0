import { SecretError } from "@vaultlink/core";

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  // Not `start`: that one needs a shell, which would read the address as a command.
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Opens a page in the person's browser, if there is one; the address is on the terminal in any case. */
export async function openPage(url: string): Promise<void> {
  if (!isSafe(url))
    throw new SecretError("invalid_config", "The page to sign in on is not https, nor http on loopback.");
  const [file, ...args] = OPENERS[process.platform] ?? ["xdg-open"];
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
