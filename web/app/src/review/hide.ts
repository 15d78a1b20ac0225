import type { HiddenWords, ReviewedLine, ReviewedPiece } from '../api/shapes';

/** Words that are hidden by hand: "line word" for each. */
export type Hand = ReadonlySet<string>;

export const placeOf = (line: number, word: number) => `${line} ${word}`;

/** The same set with one word hidden, or shown again. */
export function toggled(hand: Hand, place: string): Hand {
  const next = new Set(hand);
  if (!next.delete(place)) next.add(place);
  return next;
}

/** A word as it is pressed: all that can be read of it, or what a rule has hidden. */
export interface Word {
  word: number;
  pieces: ReviewedPiece[];
  /** Something of it can be read, so that there is something to hide. */
  readable: boolean;
}

/** The words of a line in their order. */
export function wordsOf({ pieces }: ReviewedLine): Word[] {
  const out: Word[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    const readable = /\S/.test(piece.text ?? '');
    if (last?.word === piece.word) {
      last.pieces.push(piece);
      last.readable ||= readable;
    } else out.push({ word: piece.word, pieces: [piece], readable });
  }
  return out;
}

/** What goes to the server: numbers of lines and words, no text. */
export function hiddenWords(hand: Hand): HiddenWords[] {
  const lines = new Map<number, number[]>();
  for (const place of hand) {
    const [line = 0, word = 0] = place.split(' ').map(Number);
    lines.set(line, [...(lines.get(line) ?? []), word]);
  }
  return [...lines].sort(([a], [b]) => a - b).map(([line, words]) => ({ line, words: words.sort((a, b) => a - b) }));
}
