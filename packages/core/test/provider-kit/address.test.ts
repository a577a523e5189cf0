import { expect, it } from "vitest";
import { isSecureUrl, parseAddress, type SecretError } from "../../src/provider.ts";

const RULES = { what: 'Option "address"', example: "https://vault.example.com", hint: "export VAULT_ADDR=…" };

it.each([
  ["https://vault.example.com", "https://vault.example.com"],
  ["https://vault.example.com/", "https://vault.example.com"],
  ["https://vault.example.com:8200/base//", "https://vault.example.com:8200/base"],
  ["HTTPS://VAULT.example.com", "https://vault.example.com"],
  ["http://127.0.0.1:8200", "http://127.0.0.1:8200"],
  ["http://localhost.:8200", "http://localhost.:8200"],
  ["http://[::1]:8200", "http://[::1]:8200"],
])("%s is the address %s", (text, address) => {
  expect(parseAddress(text, RULES)).toBe(address);
});

it.each([
  ["vlcanary-no-url", "must be a URL such as https://vault.example.com."],
  ["ftp://vlcanary.example.com", "must be a URL such as https://vault.example.com."],
  ["https://x:vlcanary@vault.example.com", "must hold a host and a path, and nothing else."],
  ["https://vault.example.com/?token=vlcanary", "must hold a host and a path, and nothing else."],
  ["https://vault.example.com/#vlcanary", "must hold a host and a path, and nothing else."],
  ["https://169.254.169.254", "is that of a cloud's metadata service."],
  ["http://metadata.google.internal./", "is that of a cloud's metadata service."],
  ["http://vlcanary.example.com", "must begin with https; plain http is for loopback addresses only."],
])("an address is refused, and not shown (%#)", (text, says) => {
  const error = thrownBy(() => parseAddress(text, RULES));
  expect(error).toMatchObject({ code: "invalid_config", message: `Option "address" ${says}` });
  expect(error.details).toEqual({ hint: RULES.hint });
});

it("http is refused on loopback too where an address must be https", () => {
  const strict = { ...RULES, httpsOnly: true };
  expect(thrownBy(() => parseAddress("http://127.0.0.1", strict)).message).toBe(
    'Option "address" must begin with https.',
  );
  expect(parseAddress("https://127.0.0.1", strict)).toBe("https://127.0.0.1");
});

it.each([
  ["https://login.example.com/page?state=1", true],
  ["http://127.0.0.1:8250/page", true],
  ["http://login.example.com", false],
  ["https://169.254.169.254/page", false],
  ["http://169.254.169.254/page", false],
  ["file:///etc/passwd", false],
])("%s is secure: %s", (url, secure) => {
  expect(isSecureUrl(new URL(url))).toBe(secure);
});

function thrownBy(call: () => unknown): SecretError {
  try {
    call();
  } catch (thrown) {
    return thrown as SecretError;
  }
  throw new Error("It must throw.");
}
