/** Longest message, in characters as people count them (code points), as the server counts too. */
export const LIMIT = 4_000;

/** From here on one is told how many are left. */
export const NEAR_LIMIT = 400;

export const lengthOf = (text: string): number => Array.from(text).length;
