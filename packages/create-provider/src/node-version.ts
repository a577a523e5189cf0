/** What a new provider and its tests need: the same as `engines` in package.json. */
const NEEDED = [22, 12] as const;

/** Why Node of this version, e.g. `"20.11.0"`, cannot make a provider, and what helps; `undefined` for one that can. */
export function refusalOfNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return undefined;
  const needed = NEEDED.join(".");
  return `A provider needs Node ${needed} or newer; this is Node ${version}. Install a newer one: https://nodejs.org`;
}
