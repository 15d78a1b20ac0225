import { useRef, useState } from 'react';
import { asProblem, type Problem } from '../api/problem';
import type { FileRules } from '../api/shapes';
import { newClientId } from '../live/id';
import type { About } from './transfer';

/** How a chosen file leaves. It throws a Problem. */
export type Send = (file: File, about: Omit<About, 'lang'>, onProgress: (part: number) => void, signal: AbortSignal) => Promise<void>;

export interface Attachment {
  /** Chosen, and still on this computer only. */
  file: File | null;
  /** How far it has come, from 0 to 1; null while it is not being sent. */
  part: number | null;
  problem: Problem | null;
  /** Why it cannot be sent at all. */
  unfit: 'empty' | 'large' | null;
  /** Why what was dropped or pasted was not chosen. */
  declined: 'several' | 'kind' | 'busy' | null;
  choose: (file: File) => void;
  /** Chooses what was dropped or pasted, if it is one file of a kind that may be sent. */
  offer: (files: readonly File[]) => void;
  remove: () => void;
  cancel: () => void;
  /** Tells whether it was sent. */
  send: (text: string) => Promise<boolean>;
}

interface Chosen {
  file: File;
  /** One id for all tries, so that an answer that got lost does not send it twice. */
  clientId: string;
}

/**
 * A file on its way from its choice to its sending. Choosing sends nothing. One that is being sent when its
 * writer goes to another contact goes on, and is seen in its conversation.
 */
export function useAttachment(rules: FileRules | undefined, post: Send): Attachment {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [part, setPart] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [declined, setDeclined] = useState<Attachment['declined']>(null);
  const abort = useRef<AbortController>(null);
  const file = chosen?.file ?? null;
  const unfit = !file || !rules ? null : file.size === 0 ? 'empty' : file.size > rules.most ? 'large' : null;

  const choose = (next: File) => {
    setChosen({ file: next, clientId: newClientId() });
    setProblem(null);
    setDeclined(null);
  };
  const offer = (files: readonly File[]) => {
    const [first] = files;
    if (!rules || !first) return;
    if (part !== null) setDeclined('busy');
    else if (files.length > 1) setDeclined('several');
    else if (!mayBe(first, rules)) setDeclined('kind');
    else choose(first);
  };
  const remove = () => {
    abort.current?.abort();
    setChosen(null);
    setProblem(null);
    setDeclined(null);
  };
  const send = async (text: string) => {
    if (!chosen || unfit || part !== null) return false;
    abort.current = new AbortController();
    setProblem(null);
    setDeclined(null);
    setPart(0);
    try {
      await post(chosen.file, { clientId: chosen.clientId, text }, setPart, abort.current.signal);
      setChosen(null);
      return true;
    } catch (error) {
      const why = asProblem(error);
      if (why.key !== 'aborted') setProblem(why);
      return false;
    } finally {
      setPart(null);
    }
  };
  return { file, part, problem, unfit, declined, choose, offer, remove, cancel: () => abort.current?.abort(), send };
}

const ENDS: Record<string, string> = { 'image/jpeg': '.jpg', 'image/png': '.png', 'application/pdf': '.pdf', 'text/plain': '.txt' };

/** Whether a file looks like one of the kinds that may be sent, by its name or by its type; the server looks inside. */
const mayBe = ({ name, type }: File, { accept }: FileRules) =>
  accept.some((end) => name.toLowerCase().endsWith(end)) || accept.includes(ENDS[type] ?? '-');
