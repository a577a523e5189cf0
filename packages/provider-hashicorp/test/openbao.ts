import {
  findOpenBao,
  type OpenBao,
  type OpenBaoFound,
  seedOpenBao,
  type SeededOpenBao,
  startOpenBao,
} from "@vaultlink/stand-ins/openbao";
import { afterAll, beforeAll } from "vitest";

/** A seeded real server, and what an administrator does there. */
export interface Bao extends SeededOpenBao, OpenBao {
  /** Sends one administrator's request; fails the test if the server refuses it. Gives the answer's body. */
  admin(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
}

/** The parts of an answer in use by tests. */
export interface Reply {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly auth?: { readonly client_token: string; readonly accessor: string };
  readonly wrap_info?: { readonly token: string };
}

/** The release that most tests run on. */
const found = findOpenBao();

/** Whether tests on a real server are skipped here, and what their titles say then. */
export const NO_OPENBAO: boolean = "missing" in found;
export const WHY: string = "missing" in found ? ` (${found.missing})` : "";

/** One real server for all tests of a group. */
export function useOpenBao(about: { readonly tls?: boolean; readonly release?: OpenBaoFound } = {}): () => Bao {
  const { release = found, ...how } = about;
  let started: Bao | undefined;
  beforeAll(async () => {
    const server = await startOpenBao("bin" in release ? release.bin : undefined, how);
    try {
      started = { ...server, ...(await seedOpenBao(server)), admin: administrator(server) };
    } catch (error) {
      await server.stop();
      throw error;
    }
  });
  afterAll(() => started?.stop());
  return () => {
    if (started === undefined) throw new Error("The server runs inside tests only.");
    return started;
  };
}

function administrator(server: OpenBao): Bao["admin"] {
  return async (method, path, body, headers) => {
    const answer = await server.call(method, path, body, server.rootToken, headers);
    if (answer.status >= 300) throw new Error(`OpenBao answered ${answer.status} to ${method} ${path}.`);
    return answer.body ?? {};
  };
}
