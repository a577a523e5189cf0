import { turns } from "./bounded.ts";

/** Runs a call, and says how many promises were rejected in it that nobody listened to. The runner does not hear of them. */
export async function unheardRejections(call: () => Promise<void>): Promise<number> {
  const others = process.listeners("unhandledRejection");
  let count = 0;
  const listener = (): void => void count++;
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", listener);
  try {
    await call();
    await turns();
  } finally {
    process.off("unhandledRejection", listener);
    for (const other of others) process.on("unhandledRejection", other);
  }
  return count;
}
