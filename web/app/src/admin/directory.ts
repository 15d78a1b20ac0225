import type { DirectoryState, TryDirectory } from '../api/shapes';

/** The settings while they are written. The secret is never told, so its field begins empty. */
export interface DirectoryDraft {
  on: boolean;
  issuer: string;
  client_id: string;
  secret: string;
  claim: string;
  /** Words with spaces between. */
  acr: string;
  /** Only administrators still sign in by a password. */
  closed: boolean;
}

/** What most directories name people by. */
const USUAL = 'preferred_username';

export const draftOf = ({ on, issuer, client_id, claim, acr, passwords }: DirectoryState): DirectoryDraft => ({
  on,
  issuer,
  client_id,
  secret: '',
  claim: claim || USUAL,
  acr: acr.join(' '),
  closed: passwords === 'administrators',
});

/** What is sent; an empty secret keeps the one there is. */
export const bodyOf = ({ on, issuer, client_id, claim, acr, closed, secret }: DirectoryDraft): TryDirectory => ({
  on,
  issuer: issuer.trim(),
  client_id: client_id.trim(),
  claim: claim.trim(),
  acr: acr.split(/\s+/).filter(Boolean),
  passwords: closed ? 'administrators' : 'all',
  ...(secret && { secret }),
});

/** The kept secret is for one directory and one client alone. */
export const sameClient = (draft: DirectoryDraft, { issuer, client_id }: DirectoryState) =>
  draft.issuer.trim() === issuer && draft.client_id.trim() === client_id;

/** Saved as it is written, the directory that let people in is the authority's no more. */
export const endsSignIns = (draft: DirectoryDraft, state: DirectoryState) => state.sign_ins > 0 && state.on && (!draft.on || !sameClient(draft, state));
