import { AssertionError } from "node:assert";
import { inspect } from "node:util";
import { leaks } from "./canaries.ts";
import type { Case, ConformanceOptions } from "./case.ts";
import { definitions } from "./cases/index.ts";
import type { Definition } from "./kit/definition.ts";
import type { Subject } from "./subject.ts";

/**
 * The cases a provider must pass, as data: give each `run` to any test runner.
 * Throws an `AssertionError` for a skip with an empty reason, or of a case that does not exist.
 */
export function conformance(subject: Subject, { skip = {} }: ConformanceOptions = {}): Case[] {
  const names = new Set(definitions.map(({ name }) => name));
  for (const [name, reason] of Object.entries(skip)) {
    if (!names.has(name)) throw refusal(`There is no case "${name}" to skip.`);
    if (typeof reason !== "string" || reason.trim() === "") {
      throw refusal(`Skipping "${name}" needs a reason that a user of the provider can read.`);
    }
  }
  return definitions.map((definition) => {
    const { group, name } = definition;
    const reason = Object.hasOwn(skip, name) ? skip[name] : undefined;
    return { group, name, ...(reason !== undefined && { skip: reason }), run: () => run(definition, subject) };
  });
}

async function run(definition: Definition, subject: Subject): Promise<void> {
  const absent = definition.needs.filter((member) => subject[member] === undefined);
  if (absent.length > 0) {
    throw refusal(
      `The subject lacks ${absent.map((member) => `\`${member}\``).join(" and ")}, without which this case cannot run. ` +
        `Add it, or say in \`skip\` why "${definition.name}" does not apply.`,
    );
  }
  try {
    await definition.run(subject);
  } catch (thrown) {
    // A failure is printed by the runner: it must not itself be the leak.
    const shown = inspect(thrown, { showHidden: true, depth: 8 });
    if (leaks(shown, subject.canaries).length === 0) throw thrown;
    throw refusal(`"${definition.name}" failed; what was thrown is withheld, because it contains a canary.`);
  }
}

function refusal(message: string): AssertionError {
  return new AssertionError({ message, stackStartFn: conformance });
}
