import { asProblem } from '../api/problem';
import css from '../chat/chat.module.css';
import type { Conversation } from '../chat/conversation';
import { failure } from './form';
import { make, type Page } from './page';

const button = (text: string, look: string, onclick: () => void) =>
  make('button', { type: 'button', class: `first-button ${look} ${css.wide}`, onclick }, text);

/** Ending, asked once more in place, as chat/EndPanel.tsx draws it. */
export function endPanel(conversation: Conversation, { t }: Page, waiting: boolean, on: { clear: () => void; cancel: () => void }): HTMLElement {
  const fault = make('div', { role: 'alert' });
  const end = () => {
    fault.replaceChildren();
    conversation.end().catch((error: unknown) => fault.replaceChildren(failure(asProblem(error), t('shared.failed'), t)));
  };
  const title = make('h2', { id: 'end-title', tabindex: -1 }, t(waiting ? 'chat.end.askQueue' : 'chat.end.ask'));
  return make('section', { class: css.end ?? '', 'aria-labelledby': 'end-title' }, title,
    make('p', {}, t(waiting ? 'chat.end.explainQueue' : 'chat.end.explain')), fault,
    make('div', { class: css.actions ?? '' }, button(t(waiting ? 'chat.end.leaveQueue' : 'chat.end.open'), '', end),
      button(t('chat.end.endAndClear'), 'first-second', on.clear), button(t(waiting ? 'chat.end.stayInQueue' : 'chat.end.goOn'), 'first-second', on.cancel)));
}

/** What is left when a chat has ended, is not there any more, or was cleared: a heading, words, and what can be done. */
export function endPage({ t }: Page, title: string, parts: (Node | string)[], again: () => void, clear?: () => void): HTMLElement {
  const acts = [...(clear ? [button(t('chat.ended.clear'), 'first-second', clear)] : []), button(t('chat.ended.again'), 'first-second', again)];
  return make('div', { class: css.stack ?? '' }, make('h1', { tabindex: -1 }, title), ...parts, make('div', { class: css.actions ?? '' }, ...acts));
}
