import { invalidConfig } from "@vaultlink/core/provider";

/** A mount or namespace without the slashes around it. Throws `invalid_config` for what a header or URL cannot carry. */
export function mountPath(name: string, given: string): string {
  const path = given.replace(/^\/+|\/+$/g, "");
  if (path.split("/").some((part) => part === "" || part === "." || part === "..") || !/^[\x21-\x7e]+$/.test(path)) {
    throw invalidConfig(`"${name}" must be a path such as team/kv.`);
  }
  return path;
}

/** The namespace of all requests, empty for the root: `/` and `root` are what clients call that. */
export function namespacePath(given: string): string {
  return /^(?:\/*|root)$/.test(given) ? "" : mountPath("namespace", given);
}
