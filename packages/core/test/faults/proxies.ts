import { once } from "node:events";
import { createServer } from "node:http";
import { Agent, request } from "node:https";
import type { AddressInfo, LookupFunction } from "node:net";
import { findProxy, secureAgentOptions } from "../../src/provider.ts";
import type { Row } from "./row.ts";

type Env = Readonly<Record<string, string>>;

/** Names lead to this machine, where nobody speaks TLS at the port: nothing leaves it. */
const lookup: LookupFunction = (_host, options, found) =>
  options.all ? found(null, [{ address: "127.0.0.1", family: 4 }]) : found(null, "127.0.0.1", 4);

/** How a request to a host leaves: through the proxy of the environment, or past it. `PROXY` in it is a proxy that runs. */
async function way(host: string, env: Env): Promise<string> {
  const asked: Array<string | undefined> = [];
  const proxy = createServer().listen(0, "127.0.0.1");
  proxy.on("connect", ({ headers }, socket) => {
    asked.push(headers["proxy-authorization"]);
    socket.end("HTTP/1.1 502 no\r\n\r\n");
  });
  await once(proxy, "listening");
  const at = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const held = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, text.replace("PROXY", at)]));
  try {
    const agent = new Agent({ ...secureAgentOptions({ proxyEnv: findProxy(held) }), lookup });
    await once(request(`https://${host}:1/`, { agent }).end(), "response").catch(() => undefined);
    const [credentials] = asked;
    if (credentials !== undefined) return `proxy, as ${Buffer.from(credentials.slice(6), "base64").toString()}`;
    return asked.length > 0 ? "proxy" : "direct";
  } finally {
    proxy.close();
  }
}

/** A password stands in no title. */
const untold = (text: string): string => text.replaceAll(/vlcanary[^@]*/g, "…");

const goes = (right: string, env: Env, host = "vault.test"): Row => ({
  kind: "C1",
  what: `${untold(JSON.stringify(env))} to ${host}`,
  act: () => way(host, env),
  right,
});

const NO_ADDRESS = "invalid_config: HTTPS_PROXY is no proxy's address, such as http://proxy:3128.";
const OTHER_SCHEME =
  "invalid_config: HTTPS_PROXY names a proxy that is not spoken to in http or https; no other can be used.";
const MORE = "invalid_config: HTTPS_PROXY holds more than a proxy's host, port, user name and password.";
const ESCAPE = "invalid_config: In the user name and the password of HTTPS_PROXY, % is written %25.";
const NO_HOST = "invalid_config: NO_PROXY holds something that is no host name, address or range of IPv4 addresses.";
const IPV6_RANGE = "invalid_config: NO_PROXY holds a range of IPv6 addresses, which Node cannot honour; list them.";

const refusedAs = (right: string, ...proxies: readonly string[]): readonly Row[] =>
  proxies.map((text) => ({
    kind: "C1",
    what: `a proxy that is none: ${untold(JSON.stringify(text))}`,
    act: () => findProxy({ HTTPS_PROXY: text }),
    right,
  }));

const exceptions = (text: string, right: string | undefined): Row => ({
  kind: "C1",
  what: `NO_PROXY=${JSON.stringify(text)}`,
  act: () => findProxy({ HTTPS_PROXY: "http://proxy.test", NO_PROXY: text })?.["NO_PROXY"],
  right,
});

export const PROXIES: readonly Row[] = [
  goes("proxy", { HTTPS_PROXY: "PROXY" }),
  goes("proxy", { HTTPS_PROXY: "http://PROXY/" }),
  goes("proxy", { HTTPS_PROXY: "HTTP://PROXY" }),
  goes("proxy", { https_proxy: "PROXY", HTTPS_PROXY: "http://127.0.0.1:1" }),
  goes("proxy", { https_proxy: "", HTTPS_PROXY: "PROXY" }),
  goes("proxy", { ALL_PROXY: "PROXY" }),
  goes("proxy", { all_proxy: "PROXY", ALL_PROXY: "socks5://127.0.0.1:1" }),
  goes("proxy", { HTTPS_PROXY: "PROXY", ALL_PROXY: "socks5://127.0.0.1:1" }),
  goes("proxy, as me:vlcanary @1", { HTTPS_PROXY: "http://me:vlcanary%20%401@PROXY" }),
  goes("proxy, as me:vlcanary", { HTTPS_PROXY: "me:vlcanary@PROXY" }),
  goes("direct", { HTTP_PROXY: "PROXY" }),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "*" }),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "other.test,vault.test" }),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "other.test vault.test" }),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "VAULT.test." }),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "test" }),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: ".test" }),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "*.test" }),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "vault.test:1" }),
  goes("proxy", { HTTPS_PROXY: "PROXY", NO_PROXY: "vault.test:2" }),
  goes("proxy", { HTTPS_PROXY: "PROXY", NO_PROXY: "ault.test, .ault.test" }),
  goes("proxy", { HTTPS_PROXY: "PROXY", no_proxy: "other.test", NO_PROXY: "vault.test" }),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "127.0.0.0/8" }, "127.9.8.7"),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "127.9.8.7/16" }, "127.9.0.1"),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "127.9/16" }, "127.9.0.1"),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "127.9.0.0-127.9.0.9" }, "127.9.0.1"),
  goes("proxy", { HTTPS_PROXY: "PROXY", NO_PROXY: "127.9.0.0/24" }, "127.9.1.0"),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "[::1]" }, "[::1]"),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "0:0:0:0:0:0:0:1" }, "[::1]"),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "[::1]:1" }, "[::1]"),
  goes("direct", { HTTPS_PROXY: "PROXY", NO_PROXY: "::1/128" }, "[::1]"),
  ...refusedAs(NO_ADDRESS, "http://", "a b", "http://proxy.te\nst", "proxy.test:0", "proxy.test:99999", "http://[::1"),
  ...refusedAs(OTHER_SCHEME, "socks5://proxy.test:1080", "socks5h://proxy.test", "ftp://proxy.test", "file:///proxy"),
  ...refusedAs(MORE, "http://me:12/vlcanary@proxy.test", "http://proxy.test/pac", "http:/proxy.test", "proxy.test?a#b"),
  ...refusedAs(ESCAPE, "http://me:100%@proxy.test", "http://%ff:vlcanary@proxy.test"),
  exceptions("10.0.0.0/8", "10.0.0.0-10.255.255.255"),
  exceptions("0.0.0.0/0", "0.0.0.0-255.255.255.255"),
  exceptions("10.1.2.3/32,::1", "10.1.2.3-10.1.2.3,::1"),
  exceptions("bücher.test", "xn--bcher-kva.test,*.xn--bcher-kva.test"),
  exceptions(" , ", undefined),
  exceptions("fd00::/8", IPV6_RANGE),
  ...[
    "10.0.0.0/33",
    "10.*",
    "*host",
    "http://vault.test",
    "a.test:b",
    "::g",
    "10.0.0.0/",
    ".a.test:1",
    "fe80::1%1",
  ].map((text) => exceptions(text, NO_HOST)),
];
