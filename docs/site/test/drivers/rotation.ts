import { once } from "node:events";

/** Tries twice, and prints what each try came to. Between them the test changes the password, and says so on standard input. */
export async function rotation(work: () => Promise<string>): Promise<void> {
  console.log(await work().catch((error: unknown) => `refused: ${String(error)}`));
  await once(process.stdin, "data");
  console.log(await work());
  process.stdin.destroy();
}
