import { lookup } from "node:dns/promises";
import { request as requestHttp } from "node:http";
import { Agent, request as requestHttps } from "node:https";
import { connect, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import { type Clock, type Env, SecretError } from "@vaultlink/core";
import { certificateFault, findErrorCode, findProxy, networkFault, secureAgentOptions } from "@vaultlink/core/provider";
import { type Finding, failed, measure, ok, skipped } from "./finding.ts";

export interface Reaching {
  readonly env: Env;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whom to trust instead of the usual authorities, as PEM. */
  readonly ca: readonly string[] | undefined;
}

/** How long one step may take, in ms. */
const STEP_MS = 5_000;
/** A difference that signatures and tokens bear with, in ms. The `Date` header has whole seconds. */
const CLOCK_MS = 60_000;

/** DNS, TCP, TLS and the clock of one address, each as a step. What follows a failure is skipped. */
export async function reach(url: URL, about: Reaching): Promise<readonly Finding[]> {
  const proxy = proxyFor(url, about.env);
  const end = proxy ?? url;
  const through = proxy === undefined ? "" : ` of the proxy ${hostOf(proxy)}`;
  const findings: Finding[] = [];
  const steps: readonly (readonly [string, string, () => Promise<Finding>])[] = [
    ["dns", "Check the address; on a private network, its DNS or its VPN", () => resolveName(end, through)],
    ["tcp", "Check that it runs, and that no firewall is between", () => openSocket(end, through, about)],
    ["tls", "Set the connection's caFile to the certificates of its authority", () => openTls(url, proxy, about)],
    ["clock", "Check what answers at this address", () => compareClocks(url, about)],
  ];
  for (const [check, hint, work] of steps) {
    const isOver = findings.some(({ state }) => state === "failed");
    findings.push(
      isOver
        ? skipped(check, "not tried")
        : await measure(about.clock, check, { work: () => bounded(work, hint, about), hint }),
    );
  }
  return findings;
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "");
const portOf = ({ port, protocol }: URL): number => Number(port) || (protocol === "http:" ? 80 : 443);

async function resolveName(url: URL, through: string): Promise<Finding> {
  const host = hostOf(url);
  if (isIP(host) !== 0) return ok("dns", `${host}${through} is an address itself`);
  const found = await lookup(host, { all: true });
  return ok("dns", `${host}${through} is ${found.map(({ address }) => address).join(", ")}`);
}

function openSocket(url: URL, through: string, { signal }: Reaching): Promise<Finding> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostOf(url), port: portOf(url), signal });
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.destroy();
      resolve(ok("tcp", `port ${portOf(url)}${through} answers`));
    });
  });
}

function openTls(url: URL, proxy: URL | undefined, { ca, signal }: Reaching): Promise<Finding> {
  if (url.protocol !== "https:") return Promise.resolve(skipped("tls", "the address is http"));
  if (proxy !== undefined) return Promise.resolve(skipped("tls", "made through the proxy, with the next step"));
  const host = hostOf(url);
  const { proxyEnv: _, ...options } = secureAgentOptions({ ca });
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host, port: portOf(url), ...(isIP(host) === 0 && { servername: host }), ...options });
    signal.addEventListener("abort", () => socket.destroy(), { once: true });
    socket.once("error", reject);
    socket.once("secureConnect", () => {
      const { valid_to: until } = socket.getPeerCertificate();
      const version = socket.getProtocol() ?? "TLS";
      socket.destroy();
      resolve(ok("tls", `${version}; the certificate is trusted, until ${new Date(until).toISOString()}`));
    });
  });
}

/** Asks for the root of the address, without credentials: whatever comes back has a date. */
function compareClocks(url: URL, { env, ca, clock, signal }: Reaching): Promise<Finding> {
  const isHttps = url.protocol === "https:";
  const proxyEnv = isHttps ? findProxy(env) : undefined;
  const agent = isHttps ? new Agent(secureAgentOptions({ ca, proxyEnv })) : undefined;
  const send = isHttps ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, { method: "HEAD", signal, ...(agent && { agent }) }, (response) => {
      response.resume();
      resolve(judge(response.headers.date, clock.epochMs()));
    });
    request.once("error", reject);
    request.end();
  });
}

function judge(date: string | undefined, nowMs: number): Finding {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return skipped("clock", "the answer has no date");
  const ahead = nowMs - theirs;
  if (Math.abs(ahead) <= CLOCK_MS) return ok("clock", "this machine's clock agrees");
  const [seconds, side] = [Math.round(Math.abs(ahead) / 1000), ahead > 0 ? "ahead of" : "behind"];
  const message = `This machine's clock is ${seconds} s ${side} the vault's.`;
  return failed("clock", "invalid_config", message, "Set this machine's clock; on Linux: timedatectl set-ntp true");
}

/** Ends a step that takes too long, and says what Node's codes mean. */
async function bounded(work: () => Promise<Finding>, hint: string, { clock, signal }: Reaching): Promise<Finding> {
  let stop = (): void => {};
  const late = new Promise<never>((_, reject) => {
    const timedOut = (): void => reject(new SecretError("timeout", "No answer within 5 s.", { hint }));
    stop = clock.after(STEP_MS, timedOut, true);
    signal.addEventListener("abort", () => reject(new SecretError("aborted", "Cancelled.")), { once: true });
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    throw sentenceOf(error, hint);
  } finally {
    stop();
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  "unknown-host": "There is no host of this name.",
  refused: "Nothing listens there.",
  "timed-out": "Nothing answers.",
  proxy: "The proxy refuses.",
  tls: "What answers there does not speak TLS as it should.",
  broken: "The connection was cut.",
  unreachable: "The network does not lead there.",
};

function sentenceOf(thrown: unknown, hint: string): unknown {
  const code = findErrorCode(thrown);
  if (thrown instanceof SecretError || code === undefined) return thrown;
  const certificate = certificateFault(code);
  const kind = networkFault(code)?.kind;
  if (certificate === undefined && kind === undefined) return thrown;
  const sentence = certificate === undefined ? SENTENCES[kind ?? ""] : `The certificate ${certificate.says}.`;
  return new SecretError("unavailable", sentence ?? "It cannot be reached.", { hint, native: { code } });
}

/** The proxy that requests to an address go through, as the agents of the providers have it. Loopback needs none. */
function proxyFor(url: URL, env: Env): URL | undefined {
  if (url.protocol !== "https:") return undefined;
  const { HTTPS_PROXY: proxy, NO_PROXY: exceptions = "" } = findProxy(env) ?? {};
  const host = hostOf(url);
  const isExcepted = exceptions.split(",").some((one) => {
    const name = one.replace(/^\*?\./, "");
    return host === name || host.endsWith(`.${name}`) || `${host}:${portOf(url)}` === name;
  });
  return proxy === undefined || isExcepted ? undefined : new URL(proxy);
}
