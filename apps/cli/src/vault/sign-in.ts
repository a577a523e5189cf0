import type { Interact, Vault } from "@vaultlink/core";
import type { World } from "../world.ts";

/** What a sign-in came to. */
export interface SignedIn {
  readonly identity?: string;
  /** Whether a person gave credentials: then they are gone when the command ends. */
  readonly byPerson: boolean;
}

/** Opens a connection anew, asking the person where there is one. Throws what the vault says. */
export async function signIn(world: World, vault: Vault, connection: string): Promise<SignedIn> {
  let byPerson = false;
  const { person } = world;
  const interact: Interact | undefined = person && {
    async ask(question) {
      const answer = await person.ask(question);
      byPerson ||= answer !== "";
      return answer;
    },
    async open(url) {
      byPerson = true;
      await person.open(url);
    },
    show: (text) => person.show(text),
  };
  const { identity } = await vault.reauthenticate(connection, { signal: world.signal, ...(interact && { interact }) });
  return { ...(identity !== undefined && { identity }), byPerson };
}
