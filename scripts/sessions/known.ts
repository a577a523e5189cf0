/** From where a person knows what they type. */
export type Known =
  | "the only line to know"
  | "asked, and known: the address or the password"
  | "offered to choose from"
  | "in the list of commands"
  | "guessed";

/** How a person who has seen this screen knows a command: from a line of a list that begins with its verb, or not at all. */
export function knownFrom(screen: string, command: string): Known {
  const verb = command.split(" ")[1] ?? "";
  const isListed = screen.split("\n").some((line) => /^ {2}(\S+)/.exec(line)?.[1] === verb);
  return isListed ? "in the list of commands" : "guessed";
}
