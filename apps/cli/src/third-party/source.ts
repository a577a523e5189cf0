import { isAbsolute } from "node:path";

/** A provider as a configuration names it: one of ours, a package, a path, or a program. */
export type ProviderEntry = string | ProgramEntry;

/** A provider that is a program in any language. */
export interface ProgramEntry {
  /** The program and its arguments; relative paths are below the configuration's folder. */
  readonly command: readonly [program: string, ...given: string[]];
  /** The variables of the caller that it is given. */
  readonly envVariables?: readonly string[];
  /** Whether it answers `provider.where`. */
  readonly where?: boolean;
}

/** A provider that is none of ours. */
export type ThirdParty =
  | { readonly kind: "package"; readonly name: string }
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "program"; readonly program: ProgramEntry };

/** The names that packages of providers have: what follows is what the provider calls itself. */
const PACKAGE = /^(?:@[a-z0-9~-][a-z0-9._~-]{0,99}\/)?vaultlink-provider-([a-z0-9][a-z0-9._-]{0,99})$/;

/** A provider of somebody else's, or `undefined` for what can only be one of ours. */
export function thirdPartyOf(provider: ProviderEntry): ThirdParty | undefined {
  if (typeof provider !== "string") return { kind: "program", program: provider };
  if (PACKAGE.test(provider)) return { kind: "package", name: provider };
  const isPath = /^\.{1,2}[\\/]/.test(provider) || provider === "." || isAbsolute(provider);
  return isPath ? { kind: "path", path: provider } : undefined;
}

/** What the provider of a package has to call itself; `undefined` for a name that says nothing of it. */
export const nameInPackage = (packageName: string): string | undefined => PACKAGE.exec(packageName)?.[1];

/** A provider as messages and lists call it: as its configuration does, or by the file that is run. */
export function labelOf(provider: ProviderEntry): string {
  if (typeof provider === "string") return provider;
  const [program, ...given] = provider.command;
  const file = given.find((part) => !part.startsWith("-")) ?? program;
  return file.split(/[\\/]/).at(-1) ?? program;
}
