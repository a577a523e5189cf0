import { type Format, refuse } from "./format.ts";

/**
 * As Node's `util.parseEnv` and the package dotenv read it: quotes of three kinds, none of which can be escaped. Neither keeps
 * a carriage return, and for dotenv a backslash at the end would escape the quote.
 */
export const DOTENV: Format = {
  isEnvironment: true,
  entry: (name, value) => `${name}=${quote(value)}\n`,
};

function quote(value: string): string {
  if (value.includes("\r")) {
    throw refuse("The value holds a carriage return, which dotenv files do not keep.", OTHERS);
  }
  if (UNQUOTED.test(value)) return value;
  const marks = value.endsWith("\\") ? [] : QUOTES.filter((mark) => !value.includes(mark));
  const mark = marks.find((one) => one !== '"' || !/\\[nr]/.test(value));
  if (mark === undefined) {
    throw refuse(
      "The value holds quotes of all kinds or ends with a backslash, which dotenv files cannot carry.",
      OTHERS,
    );
  }
  return mark + value + mark;
}

/** What needs no quotes, and may end with a backslash. */
const UNQUOTED = /^[\w./:@%+=,\\-]+$/;
/** In double quotes `\n` and `\r` stand for line ends; the others hold everything as it is. */
const QUOTES = ["'", "`", '"'] as const;
const OTHERS = "vaultlink export --format json";
