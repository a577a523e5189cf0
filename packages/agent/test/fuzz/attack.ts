import { FrameReader, MAX_RESPONSE_BYTES } from "../../src/protocol/frame.ts";
import { makeNonce } from "../../src/protocol/handshake.ts";
import { Peer } from "../../src/server/peer.ts";
import { manualClock } from "@vaultlink/testkit";
import { choose, type Forger, forgeHello, forgeProof, randomFrom } from "./forge.ts";

/** What an attack came to. */
export interface Attack {
  readonly frames: number;
  /** Requests that reached the agent: each would be a break. */
  readonly served: number;
  /** Messages sent besides the greeting: each would be a break. */
  readonly answered: number;
  /** Connections left open by what was no beginning of a frame. */
  readonly left: number;
}

/** Sends so many forged or broken frames to agents, by somebody who knows everything but the cookie. */
export function attack(frames: number, seed: number): Attack {
  const random = randomFrom(seed);
  const forger: Forger = { random, seen: [], cookie: Buffer.alloc(32, 7) };
  const cookie = Buffer.concat([makeNonce(), makeNonce()]);
  const totals = { frames: 0, served: 0, answered: 0, left: 0 };
  while (totals.frames < frames) {
    const one = attackOne(forger, cookie);
    totals.frames += one.frames;
    totals.served += one.served;
    totals.answered += one.answered;
    totals.left += one.left;
  }
  return totals;
}

interface Greeting {
  readonly v: number;
  readonly sn: string;
  readonly mac: string;
}

function attackOne(forger: Forger, cookie: Buffer): Attack {
  const { random, seen } = forger;
  const reader = new FrameReader(MAX_RESPONSE_BYTES);
  const said: unknown[] = [];
  let isClosed = false;
  let served = 0;
  const clock = manualClock();
  const peer = new Peer({
    wire: {
      write: (bytes) => void said.push(...reader.push(bytes)),
      unread: 0,
      close: () => {
        isClosed = true;
      },
    },
    ...{ cookie, inode: "1", clock },
    service: {
      isLeaving: false,
      serve: async () => {
        served++;
        return {};
      },
    },
  });
  const send = (bytes: Buffer): void => {
    // Whole, or in two pieces.
    const cut = random() < 0.5 ? bytes.length : Math.floor(random() * bytes.length);
    peer.receive(bytes.subarray(0, cut));
    peer.receive(bytes.subarray(cut));
  };
  let frames = 1;
  send(forgeHello(forger));
  const [greeting] = said as Greeting[];
  if (greeting !== undefined && !isClosed) {
    seen[Math.floor(random() * 64)] = greeting.mac;
    frames++;
    send(forgeProof(forger, greeting));
    if (!isClosed && random() < 0.2) {
      frames++;
      send(forgeProof(forger, choose([greeting], random)));
    }
  }
  // What is only the beginning of a frame ends with the time for the handshake.
  if (!isClosed) clock.advance(5000);
  return { frames, served, answered: Math.max(0, said.length - 1), left: isClosed ? 0 : 1 };
}
