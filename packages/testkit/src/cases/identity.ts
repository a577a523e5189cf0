import { leaks } from "../canaries.ts";
import { type Definition, group } from "../kit/definition.ts";
import { check, fail } from "../kit/expect.ts";
import { withSession } from "../kit/session.ts";
import type { Provider } from "@vaultlink/core/provider";
import type { Variables } from "../subject.ts";

const define = group("identity");

/** Who the vault says we are: part of every cache key, and shown to people. */
export const identityCases: readonly Definition[] = [
  define("same credentials, same identity, twice", [], async (subject) => {
    const [one, two] = [
      await identity(subject.provider(), subject.env),
      await identity(subject.provider(), subject.env),
    ];
    check(
      one === two,
      "Opening twice with the same credentials gave two identities: the cache would be lost at each opening.",
    );
  }),
  define("other credentials, other identity", ["other"], async (subject) => {
    const one = await identity(subject.provider(), subject.env);
    const two = await identity(subject.other(), subject.otherEnv ?? subject.env);
    check(one !== two, "Two credentials gave one identity: each would be shown the other's cached values.");
  }),
  define("contains no canary", [], async (subject) => {
    const shown = await identity(subject.provider(), subject.env);
    check(leaks(shown, subject.canaries).length === 0, "`identity` is printed and logged, and it contains a secret.");
  }),
];

function identity(provider: Provider, env: Variables | undefined): Promise<string> {
  return withSession(provider, env, async ({ session }) => {
    const { identity: shown } = session;
    if (typeof shown === "string" && shown !== "") return shown;
    return fail(
      "The session says no `identity`: each opening empties the cache. Add it, or say in `skip` why the vault can't tell.",
    );
  });
}
