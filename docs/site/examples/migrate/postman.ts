import { vault } from "../recipes/vault.ts";

/** An environment for Newman: in memory, so that no value stands in a file or in an argument. */
export async function environment(names: readonly string[]): Promise<PostmanEnvironment> {
  const values = await Promise.all(
    names.map(async (key) => ({ key, value: (await vault.get(key)).reveal(), type: "secret", enabled: true })),
  );
  return { name: "vaultlink", values };
}

export interface PostmanEnvironment {
  readonly name: string;
  readonly values: readonly { key: string; value: string; type: string; enabled: boolean }[];
}
