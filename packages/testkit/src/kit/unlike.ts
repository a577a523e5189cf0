/** A qualifier's value of the same form that names nothing. */
export function unlike(value: string): string {
  if (/^\d{1,9}$/.test(value)) return "987654321";
  return value.replaceAll(/[0-9a-z]/gi, (letter) =>
    letter === "7" ? "3" : /\d/.test(letter) ? "7" : letter === "e" ? "d" : "e",
  );
}
