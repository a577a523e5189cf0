import { describe, expect, it } from "vitest";
import { render } from "../../output/render.ts";
import { explainCode } from "./codes.ts";

const shown = (text: string): readonly string[] | undefined => {
  const message = explainCode(text);
  return message && render(message, (_, plain) => plain);
};

describe("explain", () => {
  it.each(["disconnected", "unknown", "unlinked", "not opened"])("says what the state %s means", (state) => {
    expect(shown(state)).toEqual([
      `${state}: a state`,
      expect.stringMatching(/^ {2}means {2}\S/),
      expect.stringMatching(/^ {2}helps {2}\S/),
    ]);
  });

  it("says what an exit status means: each code that ends a command so", () => {
    expect(shown("76")?.[0]).toBe("76: unauthenticated");
    expect(shown("65")?.filter((line) => line.startsWith("65: "))).toEqual(["65: ambiguous", "65: unusable"]);
    expect(shown("127")?.[0]).toBe("127: command_not_found");
    expect(shown("42")).toBeUndefined();
  });
});
