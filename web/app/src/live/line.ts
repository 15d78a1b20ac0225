import { Centrifuge, type Options, State } from 'centrifuge';
import type { Call, Connected, Push } from '../api/shapes';
import { boot } from '../boot';

/** `closed`: the server does not want this client back (token or session ended). */
export type LineState = 'connecting' | 'open' | 'broken' | 'closed';

export interface LineEvents {
  /** Made anew at every connect, so that the server sends what came after it. */
  greeting: () => object;
  onConnected: (answer: Connected) => void;
  onPush: (push: Push) => void;
  onState: (state: LineState) => void;
}

export type Method = 'typing' | 'seen' | 'delivered' | 'stay' | 'ping';

/** A socket that reconnects by itself until it is closed. */
export interface Line {
  /** Fire and forget: what is lost with the line is told again by a later number. */
  tell: (method: Method, call: Call) => void;
  /** Tries at once instead of waiting for the next attempt. */
  hurry: () => void;
  close: () => void;
}

export type OpenLine = (events: LineEvents) => Line;

/** The server ends a connection for good with codes from 3500 to 3999 and 4500 to 4999. */
export const openLine: OpenLine = ({ greeting, onConnected, onPush, onState }) => {
  const options: Partial<Options> = {
    getData: () => Promise.resolve(greeting()),
    minReconnectDelay: 500,
    maxReconnectDelay: 10_000,
  };
  withoutStorage();
  const socket = new Centrifuge(socketAddress(), options);
  let opened = false;
  let closing = false;
  socket.on('connecting', () => onState(opened ? 'broken' : 'connecting'));
  socket.on('error', () => opened || onState('broken'));
  socket.on('disconnected', () => closing || onState('closed'));
  socket.on('connected', (context) => {
    opened = true;
    onState('open');
    onConnected(context.data as Connected);
  });
  socket.on('message', (context) => onPush(context.data as Push));
  onState('connecting');
  socket.connect();
  return {
    tell: (method, call) => void socket.rpc(method, call).catch(() => undefined),
    hurry: () => {
      if (socket.state !== State.Connecting) return;
      // Not an end for good, so nothing is told of it.
      closing = true;
      socket.disconnect();
      closing = false;
      socket.connect();
    },
    close: () => {
      closing = true;
      socket.disconnect();
    },
  };
};

function socketAddress(): string {
  return `${location.origin.replace(/^http/, 'ws')}${boot().base}/api/socket`;
}

/**
 * The library looks into localStorage for a debugging flag. A browser that keeps nothing for a frame of
 * another site throws at the very name: there it finds none.
 */
function withoutStorage() {
  try {
    if (typeof window.localStorage === 'object') return;
  } catch {
    Object.defineProperty(window, 'localStorage', { value: undefined });
  }
}
