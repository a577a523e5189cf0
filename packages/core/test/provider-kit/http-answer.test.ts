import { expect, it } from "vitest";
import { readBytes, SecretError } from "../../src/provider.ts";

it("reads a body up to its limit, and leaves it where there is more", async () => {
  let left = false;
  async function* body(): AsyncGenerator<Uint8Array> {
    try {
      yield* [Buffer.from("ab"), Buffer.from("cd")];
    } finally {
      left = true;
    }
  }
  const tooLarge = (): SecretError => new SecretError("unusable", "Too large.");
  expect((await readBytes(body(), 4, tooLarge)).toString()).toBe("abcd");
  left = false;
  await expect(readBytes(body(), 3, tooLarge)).rejects.toThrow("Too large.");
  expect(left).toBe(true);
});
