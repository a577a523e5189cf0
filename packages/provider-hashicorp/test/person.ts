import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import type { Prompter } from "@vaultlink/core/provider";

/** Somebody with a browser: what they were shown, and the pages they were sent to. */
export interface Person extends Prompter {
  readonly pages: readonly URL[];
  readonly shown: readonly string[];
}

/** A person whose browser does `visit` with each page it is sent to. */
export function person(visit: (page: URL) => Promise<unknown>): Person {
  const pages: URL[] = [];
  const shown: string[] = [];
  return {
    pages,
    shown,
    ask: () => Promise.reject(new Error("nothing is to be asked")),
    open: async (url) => {
      const page = new URL(url);
      pages.push(page);
      await visit(page);
    },
    show: (text) => void shown.push(text),
  };
}

/** Somebody at a keyboard: what they were asked and shown. */
export interface Answers extends Prompter {
  readonly asked: readonly Question[];
  readonly shown: readonly string[];
}
type Question = Parameters<Prompter["ask"]>[0];

/** A person who answers what they are asked; `answer` throws where they decline. */
export function answering(answer: (question: Question) => string): Answers {
  const asked: Question[] = [];
  const shown: string[] = [];
  return {
    asked,
    shown,
    ask: async (question) => {
      asked.push(question);
      return answer(question);
    },
    open: () => Promise.reject(new Error("no page is to be opened")),
    show: (text) => void shown.push(text),
  };
}

/** A browser that follows wherever it is sent, and reads what comes. */
export const follow = async (page: URL | string): Promise<string> => (await fetch(page)).text();

/** A port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
