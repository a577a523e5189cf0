import type { IncomingMessage } from "node:http";

/** Bytes. Twenty values of 64 KiB, in which JSON may write each byte as six: nothing that AWS says is larger. */
export const MAX_BODY: number = 10 * 1024 * 1024;

/** Node's code of the error that a larger body ends with. */
export const TOO_LARGE = "ERR_ANSWER_TOO_LARGE";

/** Ends an answer whose body is larger than that, while it arrives. Nothing decompresses one on the way. */
export function boundBody(answer: IncomingMessage, most: number = MAX_BODY): void {
  let size = 0;
  const push = answer.push.bind(answer);
  // As a listener or a pipe it would set the answer flowing before its reader is there.
  answer.push = (chunk: Uint8Array | string | null, encoding?: BufferEncoding): boolean => {
    size += chunk?.length ?? 0;
    if (size <= most) return push(chunk, encoding);
    answer.destroy(Object.assign(new Error("The answer is too large."), { code: TOO_LARGE }));
    return false;
  };
}

/** What a client of the SDK has for its middleware, as far as it is needed here. */
interface Bindable {
  readonly middlewareStack: {
    add(
      middleware: (next: (args: object) => Promise<{ response: unknown; output: never }>) => typeof next,
      options: { step: "deserialize"; name: string; priority: "low" },
    ): void;
  };
}

/** Bounds every answer that a client of the SDK gets. */
export function boundAnswers(client: unknown): void {
  (client as Bindable).middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { body } = result.response as { readonly body?: IncomingMessage };
      if (typeof body?.push === "function") boundBody(body);
      return result;
    },
    // Next to the transport: before anything reads the body.
    { step: "deserialize", name: "boundAnswers", priority: "low" },
  );
}
