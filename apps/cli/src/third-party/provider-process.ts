import { type Env, SecretError } from "@vaultlink/core";
import { type ExecLine, hostedRefusal, type LineOptions, startProgram } from "@vaultlink/core/internal";
import { hostEnvironment } from "./host-process.ts";

/** How long loading a provider's code may take, in ms. */
const LOAD_MS = 10_000;
/** How long a process that nobody asks waits for a session to take it, in ms: while a person answers questions. */
const IDLE_MS = 60_000;
/** How long code that was compared with what is trusted counts as compared, in ms: from there to its being loaded. */
const COMPARED_MS = 2000;

/** How the code of a provider is run. */
export interface ProviderCode {
  readonly host: LineOptions;
  /** The caller's environment, of which the processes get what they need to run at all. */
  readonly env: Env;
  /** Throws unless the code is what its user agreed to run. */
  readonly expectTrusted: () => Promise<void>;
}

/**
 * The code of one provider, in a process that is started when it is first asked. It describes its plugin and checks options,
 * until a session takes it: from then on it is that session's, and whoever asks next starts another.
 */
export class ProviderProcess {
  readonly #code: ProviderCode;
  #line: Promise<ExecLine> | undefined;
  #asking = 0;
  #idle: NodeJS.Timeout | undefined;
  #comparedAt = Number.NEGATIVE_INFINITY;
  /** Whether nothing has been started since: each start is of files that were compared for it. */
  #isUnused = false;

  constructor(code: ProviderCode) {
    this.#code = code;
  }

  /** Throws unless the code is what its user agreed to run. Its files are read once for the start that follows at once. */
  async expectTrusted(): Promise<void> {
    if (this.#isRecent()) return;
    await this.#code.expectTrusted();
    this.noteTrusted();
  }

  /** Its files have just been compared by somebody else. */
  noteTrusted(): void {
    this.#comparedAt = performance.now();
    this.#isUnused = true;
  }

  #isRecent(): boolean {
    return performance.now() - this.#comparedAt < COMPARED_MS;
  }

  /** Asks the code one thing. Throws `invalid_config` where it does not answer in time. */
  async ask(method: string, params: object): Promise<unknown> {
    const signal = AbortSignal.timeout(LOAD_MS);
    this.#asking++;
    clearTimeout(this.#idle);
    const { line: running } = await this.#running();
    try {
      const line = await running;
      line.keepAlive(true);
      return await line.request(method, params, { signal, deadline: Date.now() + LOAD_MS });
    } catch (thrown) {
      await this.#end(running);
      if (signal.aborted) throw new SecretError("invalid_config", "it did not load within 10 seconds");
      throw thrown;
    } finally {
      if (--this.#asking === 0) await this.#rest();
    }
  }

  /** The process for a session, which ends it. */
  async take(): Promise<ExecLine> {
    await this.expectTrusted();
    const running = this.#line;
    this.#line = undefined;
    clearTimeout(this.#idle);
    const line = (await running?.catch(() => undefined)) ?? (await this.#start());
    if (line.hasEnded()) return this.#start();
    line.keepAlive(true);
    return line;
  }

  /** The process that answers, started where there is none. */
  async #running(): Promise<{ readonly line: Promise<ExecLine> }> {
    const line = this.#line;
    if (line !== undefined && !(await hasEnded(line))) return { line };
    // Whoever asks at the same time may have started another.
    if (this.#line !== line) return this.#running();
    const started = this.#start();
    this.#line = started;
    return { line: started };
  }

  async #start(): Promise<ExecLine> {
    const isCompared = this.#isUnused && this.#isRecent();
    this.#isUnused = false;
    if (!isCompared) await this.#code.expectTrusted();
    const { host, env } = this.#code;
    return startProgram(host, hostEnvironment(env), hostedRefusal);
  }

  /** While nobody asks, the process may end with this one, and does after a while. */
  async #rest(): Promise<void> {
    const line = this.#line;
    if (line === undefined || (await hasEnded(line)) || this.#asking > 0 || this.#line !== line) return;
    (await line).keepAlive(false);
    this.#idle = setTimeout(() => void this.#end(line), IDLE_MS).unref();
  }

  /** Ends a process, unless a session has taken it. */
  async #end(line: Promise<ExecLine>): Promise<void> {
    if (this.#line !== line) return;
    this.#line = undefined;
    await (await line.catch(() => undefined))?.close(0);
  }
}

const hasEnded = (line: Promise<ExecLine>): Promise<boolean> =>
  line.then(
    (started) => started.hasEnded(),
    () => true,
  );
