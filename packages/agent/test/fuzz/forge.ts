import { clientProof, type Exchange, makeNonce, parseNonce, serverProof } from "../../src/protocol/handshake.ts";

/** Numbers in [0, 1) from a seed, so that a case can be repeated (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** What one forger knows: everything but the cookie. */
export interface Forger {
  readonly random: () => number;
  /** Proofs that were seen on the wire before. */
  readonly seen: string[];
  /** Another cookie, e.g. of another user. */
  readonly cookie: Buffer;
}

/** A frame around any bytes, with any length before them. */
function frame(body: string | Buffer, length = Buffer.byteLength(body)): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(length >>> 0);
  return Buffer.concat([header, Buffer.from(body)]);
}

const json = (message: unknown): Buffer => frame(JSON.stringify(message));

/** What somebody without the cookie sends first. */
export function forgeHello({ random }: Forger): Buffer {
  const nonce = makeNonce().toString("base64");
  const kinds: ReadonlyArray<() => Buffer> = [
    () => json({ v: [1], cn: nonce }),
    () => json({ v: [1, 0], cn: nonce }),
    () => json({ v: [0], cn: nonce }),
    () => json({ v: [9], cn: nonce }),
    () => json({ v: 1, cn: nonce }),
    () => json({ v: [1], cn: nonce.slice(1) }),
    () => json({ v: [1], cn: `${nonce.slice(0, -3)}!==` }),
    () => json({ id: 1, op: "ping" }),
    () => json({ id: 1, mac: nonce, op: "resolve", names: ["X"] }),
    () => json([]),
    () => json({ __proto__: null, constructor: { prototype: {} }, v: [1] }),
    () => frame("{".repeat(1 + Math.floor(random() * 900))),
    () => frame(Buffer.from(Array.from({ length: 40 }, () => Math.floor(random() * 256)))),
    () => frame("{}", Math.floor(random() * 0x1_0000_0000)),
    () => Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    () => Buffer.from(Array.from({ length: 1 + Math.floor(random() * 30) }, () => Math.floor(random() * 256))),
  ];
  return choose(kinds, random)();
}

/** What they send once the agent has greeted them: `sn` and `mac` are its own. */
export function forgeProof(
  forger: Forger,
  greeting: { readonly v: number; readonly sn: string; readonly mac: string },
): Buffer {
  const { random, seen, cookie } = forger;
  const exchange: Exchange = {
    version: greeting.v,
    clientNonce: makeNonce(),
    serverNonce: parseNonce(greeting.sn) ?? makeNonce(),
  };
  const text = (mac: Buffer): string => mac.toString("base64");
  const macs: ReadonlyArray<() => unknown> = [
    () => greeting.mac,
    () => text(clientProof(cookie, exchange)),
    () => text(serverProof(cookie, exchange, "1")),
    () => text(Buffer.alloc(32)),
    () => text(clientProof(Buffer.alloc(32), exchange)),
    () => choose(seen.length > 0 ? seen : [""], random),
    () => greeting.mac.slice(0, -4),
    () => `${greeting.mac} `,
    () => undefined,
    () => null,
    () => [greeting.mac],
    () => "",
  ];
  const op = choose(["ping", "stop", "resolve", "open", "reset", "status", "events", "nothing"], random);
  const bodies: ReadonlyArray<() => Buffer> = [
    () => json({ id: 1, mac: choose(macs, random)(), op }),
    () => json({ id: 1, mac: choose(macs, random)(), op, place: { cwd: "/", home: "/", env: {} }, names: ["X"] }),
    () => json({ mac: choose(macs, random)() }),
    () => json({ v: [1], cn: makeNonce().toString("base64") }),
    () => forgeHello(forger),
  ];
  return choose(bodies, random)();
}

export function choose<One>(all: readonly One[], random: () => number): One {
  return all[Math.floor(random() * all.length)] as One;
}
