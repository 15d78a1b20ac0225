import type { Problem } from '../api/problem';
import type { Board } from '../api/shapes';
import type { LineState } from '../live/line';
import type { News } from './handover';
import type { Opened } from './opened';

/** What is said aloud of things that happen beside the contact in view. */
export interface Said {
  what: 'message' | 'left' | 'taken_away' | 'closed' | News['what'];
  contact: string;
  /** Tells two of a kind apart. */
  id: number;
}

export interface DeskSnapshot {
  board: Board | null;
  /** This computer's time when the board came: its clock may differ from the server's. */
  boardAt: number;
  open: ReadonlyMap<string, Opened>;
  selected: string | null;
  line: LineState;
  said: Said | null;
  /** Why the selected contact could not be opened. */
  problem: Problem | null;
}

/** Before anything has come. */
export const emptyDesk: DeskSnapshot = { board: null, boardAt: 0, open: new Map(), selected: null, line: 'connecting', said: null, problem: null };
