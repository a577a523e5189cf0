import type { Automaton } from "./automaton.ts";
import { Masker } from "./masker.ts";

/** How long the input is silent before a part of what is held is let go, in ms. */
export const SILENCE = 100;

/** Calls back once after so many ms, unless what it returns is called before. */
export type Later = (ms: number, call: () => void) => () => void;

/** What a masked stream needs besides its input. */
export interface MaskedOutput {
  /** Asked for once there is something to mask. */
  readonly automaton: () => Automaton;
  /** Takes bytes, and is done when it can take more. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** @default the system's timers */
  readonly later?: Later;
}

/**
 * Copies a stream to an output, masked. Reads on only when the output took what was read. Rejects with what reading or writing
 * throws; the source is closed then, which tells whoever writes to it.
 */
export async function maskStream(
  source: AsyncIterable<Uint8Array>,
  { automaton, write, later = systemLater }: MaskedOutput,
): Promise<void> {
  let masker: Masker | undefined;
  let letting: Promise<void> = Promise.resolve();
  const letGo = (one: Masker): void => {
    letting = send(one.letGo(), write);
    // Whoever reads on, or ends, hears of it.
    letting.catch(() => {});
  };
  let cancel = (): void => {};
  try {
    for await (const piece of source) {
      cancel();
      await letting;
      const one = (masker ??= new Masker(automaton()));
      await send(one.push(piece), write);
      cancel = one.holds ? later(SILENCE, () => letGo(one)) : () => {};
    }
  } finally {
    cancel();
  }
  await letting;
  if (masker !== undefined) await send(masker.end(), write);
}

async function send(pieces: readonly Uint8Array[], write: MaskedOutput["write"]): Promise<void> {
  const [first] = pieces;
  if (first !== undefined) await write(pieces.length === 1 ? first : Buffer.concat(pieces));
}

const systemLater: Later = (ms, call) => {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
};
