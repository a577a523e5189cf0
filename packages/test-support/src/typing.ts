import type { Prompter } from "@vaultlink/core/provider";

/** A person who types this, and nothing else; what they were asked is in `asked`. */
export function typing(...answers: readonly string[]): Prompter & { readonly asked: string[] } {
  const left = [...answers];
  const asked: string[] = [];
  return {
    asked,
    ask: ({ label, secret }) => {
      asked.push(secret ? `${label} (hidden)` : label);
      const answer = left.shift();
      return answer === undefined ? Promise.reject(new Error("declined")) : Promise.resolve(answer);
    },
    open: () => Promise.reject(new Error("no page is expected")),
    show: () => {},
  };
}
