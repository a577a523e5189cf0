import { type Interact, isSecretError, type Vault } from "@vaultlink/core";
import { askAgain } from "../person/ask-again.ts";
import type { Person, World } from "../world.ts";

/** What a sign-in came to. */
export interface SignedIn {
  readonly identity?: string;
  /** Whether a person gave credentials: then they are gone when the command ends. */
  readonly byPerson: boolean;
}

/** Opens a connection anew, asking the person where there is one, and again after a wrong answer. Throws what the vault says. */
export async function signIn(world: World, vault: Vault, connection: string): Promise<SignedIn> {
  const { person, signal } = world;
  const given = { answers: 0, pages: 0 };
  const interact = person && interactAbout(connection, person, given);
  const open = async (): Promise<{ readonly identity?: string }> => {
    Object.assign(given, { answers: 0, pages: 0 });
    return vault.reauthenticate(connection, { signal, ...(interact && { interact }) });
  };
  // Without an answer of theirs it was no wrong one.
  const isWrong = (thrown: unknown): boolean =>
    isSecretError(thrown) && thrown.code === "unauthenticated" && given.answers > 0;
  const { identity } = await askAgain(person, open, isWrong);
  return { ...(identity !== undefined && { identity }), byPerson: given.answers + given.pages > 0 };
}

/** The person, who is told for which connection they are asked, and what they did. */
function interactAbout(connection: string, person: Person, given: { answers: number; pages: number }): Interact {
  return {
    async ask(question) {
      const answer = await person.ask({ ...question, label: `${connection}: ${question.label}` });
      if (answer !== "") given.answers++;
      return answer;
    },
    async open(url) {
      given.pages++;
      person.show(`Signing in to ${connection}.`);
      await person.open(url);
    },
    show: (text) => person.show(text),
  };
}
