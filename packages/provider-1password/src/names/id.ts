/** What an id of a vault or an item looks like: 128 bits in base32. A title may look so too. */
export const isId = (name: string): boolean => /^[a-z2-7]{26}$/i.test(name);

/** What the SDK takes for one. */
export const looksLikeId = (name: string): boolean => /^[a-z\d]{26}$/i.test(name);
