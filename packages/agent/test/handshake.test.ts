import { createHmac } from "node:crypto";
import { createServer, type Socket } from "node:net";
import { writeFileSync } from "node:fs";
import { isSecretError } from "@vaultlink/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { findAgent } from "../src/client/find.ts";
import { ensureCookie } from "../src/cookie.ts";
import { type AgentPlace, makeDirectory } from "../src/place.ts";
import { encodeFrame } from "../src/protocol/frame.ts";
import { clientProof, isProof, makeNonce, serverProof } from "../src/protocol/handshake.ts";
import { open, serve, temporaryPlace } from "./support.ts";

/** Something that listens at the agent's place, and what it was told. */
async function impostor(place: AgentPlace, answer: (socket: Socket) => void): Promise<readonly Buffer[]> {
  makeDirectory(place);
  ensureCookie(place);
  const heard: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (piece: Buffer) => heard.push(piece));
    answer(socket);
  });
  const mask = process.umask(0o177);
  server.listen(place.socket);
  process.umask(mask);
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.once("listening", resolve));
  return heard;
}

/** The code of what looking for an agent comes to. */
const found = (place: AgentPlace, handshakeMs = 60_000): Promise<string> =>
  findAgent(place, { handshakeMs }).then(
    (session) => (session === undefined ? "none" : "an agent"),
    (error: unknown) => (isSecretError(error) ? error.code : "gone"),
  );

describe("a client", () => {
  it("says nothing but its nonce to whoever does not know the cookie", async () => {
    const place = temporaryPlace();
    const mac = Buffer.alloc(32).toString("base64");
    const heard = await impostor(place, (socket) => {
      socket.once("data", () => {
        socket.write(encodeFrame({ v: 1, sn: makeNonce().toString("base64"), mac }, 1000));
      });
    });
    expect(await found(place)).toBe("invalid_config");
    expect(Buffer.concat(heard).subarray(4).toString()).toMatch(/^\{"v":\[2,1,0\],"cn":"[^"]{24}"\}$/);
  });

  it.each([
    ["what is no frame", Buffer.from("HTTP/1.1 200 OK\r\n\r\n")],
    ["what is no answer", encodeFrame({ hello: true }, 1000)],
    ["a version nobody speaks", encodeFrame({ v: 9, sn: makeNonce().toString("base64"), mac: "" }, 1000)],
  ])("takes %s for no agent, and says so", async (_what, bytes) => {
    const place = temporaryPlace();
    await impostor(place, (socket) => void socket.write(bytes));
    expect(await found(place)).toBe("invalid_config");
  });

  it("waits for a silent one no longer than it means to", async () => {
    const place = temporaryPlace();
    await impostor(place, () => {});
    expect(await found(place, 1)).toBe("unavailable");
  });

  it("finds none where nobody listens, and where there is nothing", async () => {
    const place = temporaryPlace();
    expect(await found(place)).toBe("none");
    const { agent } = await serve(place);
    expect(await found(place)).toBe("an agent");
    agent.wipe();
    expect(await found(place)).toBe("none");
  });

  it("takes a file in the socket's place for no agent, and says so", async () => {
    const place = temporaryPlace();
    makeDirectory(place);
    ensureCookie(place);
    writeFileSync(place.socket, "", { mode: 0o600 });
    expect(await found(place)).toBe("invalid_config");
  });
});

describe("requests of one client", () => {
  it("are answered each to its own, in whatever order they end", async () => {
    const place = temporaryPlace();
    const gates = new Map<string, () => void>();
    const perform = (_operation: string, request: Readonly<Record<string, unknown>>): Promise<object> =>
      new Promise((resolve) => {
        gates.set(String(request["name"]), () => resolve({ name: request["name"] }));
        if (gates.size === 2) for (const name of ["b", "a"]) gates.get(name)?.();
      });
    await serve(place, { operations: { perform, held: () => ({ entries: 0, sessionsByPerson: 0 }) } });
    const session = await open(place);
    const answers = await Promise.all(["a", "b"].map((name) => session.ask("resolve", { name })));
    expect(answers.map(({ name }) => name)).toEqual(["a", "b"]);
  });
});

describe("a proof", () => {
  const cookie = Buffer.from("vlcanary-cookie-of-32-bytes-long");
  const exchange = { version: 2, clientNonce: Buffer.alloc(16, 1), serverNonce: Buffer.alloc(16, 2) };

  /** As the page of the protocol has it, by what Node has for it. */
  const described = (...fields: ReadonlyArray<string | Buffer>): Buffer => {
    const hmac = createHmac("sha256", cookie);
    for (const field of fields) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(Buffer.from(field).length);
      hmac.update(length).update(field);
    }
    return hmac.digest();
  };

  it("is the one that the protocol describes", () => {
    const { clientNonce, serverNonce } = exchange;
    expect(serverProof(cookie, exchange, "123")).toEqual(described("S", "2", clientNonce, serverNonce, "123"));
    expect(clientProof(cookie, exchange)).toEqual(described("C", "2", clientNonce, serverNonce));
  });

  it("is refused where a bit of it differs, or a part of it is missing", () => {
    const proof = clientProof(cookie, exchange);
    expect(isProof(proof.toString("base64"), proof)).toBe(true);
    for (const [at] of proof.entries()) {
      const other = Buffer.from(proof);
      other.writeUInt8(proof.readUInt8(at) ^ 1, at);
      expect(isProof(other.toString("base64"), proof)).toBe(false);
    }
    for (const text of ["", proof.subarray(1).toString("base64"), proof.toString("base64url"), undefined]) {
      expect(isProof(text, proof)).toBe(false);
    }
  });

  it("never comes with a nonce that was there before", () => {
    const nonces = new Set(Array.from({ length: 1000 }, () => makeNonce().toString("hex")));
    expect(nonces.size).toBe(1000);
  });
});
