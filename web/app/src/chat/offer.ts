import type { Message } from '../api/shapes';

/** Another service that the adviser suggests, as the message tells it: a line each. */
export interface Offer {
  n: number;
  service: string;
  authority: string;
  url: string;
}

/** The offer in a message; null when there is none, or no address that leads to a chat. */
export function offerOf({ event, from, text, n }: Message): Offer | null {
  if (event !== 'offered' || from !== 'adviser') return null;
  const [service = '', authority = '', url = ''] = text.split('\n');
  return /^https?:\/\/[^\s]+\/chat\/[a-z0-9_-]+$/.test(url) ? { n, service, authority, url } : null;
}

/** What the citizen takes along: the messages that they chose, in their order, and their summary. */
export const composed = (chosen: readonly string[], summary: string): string =>
  [...chosen, summary.trim()].filter((part) => part !== '').join('\n\n');

/** The name of the channel on which two tabs of this browser speak. Nothing is stored on the way. */
const CHANNEL = 'luukku:carry';

interface Asked {
  ask: string;
}
interface Given {
  to: string;
  text: string;
}

const pathOf = (url: string) => new URL(url, location.href).pathname;

/** Whether the text can be handed over at all: the two tabs must be pages of one host. */
export const canHand = (url: string) => typeof BroadcastChannel !== 'undefined' && new URL(url, location.href).origin === location.origin;

/** Gives the text to the tab that opens at `url` and asks for it, once. Returns what ends the waiting. */
export function hand(url: string, text: string): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Partial<Asked>>) => {
    if (data.ask !== pathOf(url)) return;
    channel.postMessage({ to: data.ask, text } satisfies Given);
    channel.close();
  };
  return () => channel.close();
}

/** Asks whether another tab of this browser has a text for this page. Returns what ends the asking. */
export function receive(onText: (text: string) => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined;
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Partial<Given>>) => {
    if (data.to === location.pathname && typeof data.text === 'string') onText(data.text);
  };
  channel.postMessage({ ask: location.pathname } satisfies Asked);
  return () => channel.close();
}
