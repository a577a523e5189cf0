/**
 * The IPv4 addresses that an IPv6 address stands for, by the prefixes whose meaning is fixed: IPv4-mapped, -compatible and
 * -translated, NAT64, 6to4, Teredo and ISATAP. RFC 4291, 2.5.5; RFC 2765, 2.1; RFC 6052, 2.2; RFC 8215; RFC 3056, 2;
 * RFC 4380, 4; RFC 5214, 6.1.
 */
export function embeddedIpv4(address: string): readonly string[] {
  const groups = groupsOf(address);
  const at = (index: number): number => groups[index] ?? 0;
  const starts = (...wanted: readonly number[]): boolean => wanted.every((group, index) => at(index) === group);
  const last = dotted(at(6), at(7));
  const found: string[] = [];
  if (starts(0, 0, 0, 0, 0, 0) || starts(0, 0, 0, 0, 0, 0xffff) || starts(0, 0, 0, 0, 0xffff, 0)) found.push(last);
  if (starts(0x64, 0xff9b, 0, 0, 0, 0)) found.push(last);
  // A network chooses the length of its own NAT64 prefix below this one: 48, 56, 64 or 96 bits.
  if (starts(0x64, 0xff9b, 1)) {
    const [a, b, c, d] = [at(3), at(4), at(5), at(6)];
    // The byte that the high half of the fifth group holds belongs to no address.
    found.push(last, dotted(a, low(b, c)), dotted(low(a, b << 8), c), dotted(low(b, c), low(c, d)));
  }
  if (starts(0x2002)) found.push(dotted(at(1), at(2)));
  if (starts(0x2001, 0)) found.push(dotted(at(2), at(3)), dotted(at(6) ^ 0xffff, at(7) ^ 0xffff));
  if ((at(4) & 0xfdff) === 0 && at(5) === 0x5efe) found.push(last);
  return found;
}

/** The low byte of a group followed by the high byte of the next. */
const low = (group: number, next: number): number => ((group & 0xff) << 8) | (next >> 8);

const dotted = (high: number, rest: number): string => [high >> 8, high & 0xff, rest >> 8, rest & 0xff].join(".");

/** Its eight groups. The address is in the form that URLs give it: hexadecimal, at most one `::`. */
function groupsOf(address: string): readonly number[] {
  const [head = "", tail = ""] = address.split("::");
  const parse = (part: string): number[] =>
    part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  const [first, last] = [parse(head), parse(tail)];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}
