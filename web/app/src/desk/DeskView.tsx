import { useEffect, useRef, useState } from 'react';
import { useTitle } from '../look/useTitle';
import { useText } from '../text/TextProvider';
import { Announcer } from './Announcer';
import { ContactPane, type Step } from './ContactPane';
import css from './desk.module.css';
import { useDesk, useDeskState } from './DeskContext';
import { Facts } from './Facts';
import { Help } from './Help';
import { LeftColumn } from './LeftColumn';
import { Nothing } from './Nothing';
import { useNotify } from './notify';
import { NotifyPanel } from './NotifyPanel';
import { Search } from './Search';
import { isClosed, neighbour } from './order';
import { type Shortcut, useShortcuts } from './shortcuts';
import { useNext } from './useNext';

/** Three columns: who waits, the contact in hand, what is known of it. */
export function DeskView() {
  const { t } = useText();
  const { desk } = useDesk();
  const { board, open, selected } = useDeskState();
  const [step, setStep] = useState<Step>('write');
  const [searching, setSearching] = useState(false);
  const [aside, setAside] = useState<'help' | 'notify' | null>(null);
  const notify = useNotify();
  const [questionMark, setQuestionMark] = useState(true);
  const [byKey, setByKey] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  const next = useNext();
  const one = selected === null ? undefined : open.get(selected);
  const unread = board?.mine.reduce((sum, each) => (isClosed(each) ? sum : sum + each.unread), 0) ?? 0;
  const title = board?.offer ? t('desk.offer.title') : t('desk.title');
  useTitle(unread > 0 ? `(${unread}) ${title}` : title);
  useWarnOfDrafts();

  const select = (contact: string | null, key = false) => {
    setByKey(key);
    setSearching(false);
    setStep('write');
    void desk.select(contact);
  };

  const focus = (selector: string) => page.current?.querySelector<HTMLElement>(selector)?.focus();
  const write = (kind: 'reply' | 'note') => {
    if (selected === null) return;
    desk.setKind(selected, kind);
    setStep('write');
    setTimeout(() => focus('[data-focus="write"]'));
  };
  const acts: Record<Shortcut, () => void> = {
    next: () => {
      setByKey(true);
      void next.take().then((taken) => taken && setSearching(false));
    },
    down: () => select(neighbour(board?.mine ?? [], selected, 1), true),
    up: () => select(neighbour(board?.mine ?? [], selected, -1), true),
    reply: () => write('reply'),
    note: () => write('note'),
    answers: () => {
      write('reply');
      setTimeout(() => page.current?.querySelector<HTMLElement>('[data-focus="answers"][aria-expanded="false"]')?.click());
    },
    timeline: () => focus('[data-focus="timeline"]'),
    pass: () => setStep('pass'),
    accept: () => page.current?.querySelector<HTMLElement>('[aria-keyshortcuts="Alt+Y"]')?.click(),
    decline: () => page.current?.querySelector<HTMLElement>('[aria-keyshortcuts="Alt+X"]')?.click(),
    close: () => setStep('close'),
    queues: () => focus('[data-focus="queues"]'),
    search: () => setSearching((now) => !now),
  };
  useShortcuts({ onShortcut: (name) => acts[name](), onHelp: () => setAside((now) => (now === 'help' ? null : 'help')), questionMark });

  return (
    <div ref={page} className={css.desk}>
      <Announcer />
      <LeftColumn next={next} onSelect={select} onTaken={() => { setByKey(true); setSearching(false); setStep('write'); }} onSearch={() => setSearching(true)} onHelp={() => setAside('help')} onNotify={() => setAside('notify')} />
      <section className={searching || !one ? css.wide : css.middle} aria-label={t('desk.timeline.label')}>
        {searching && <Search onLeave={() => setSearching(false)} />}
        {!searching && one && <ContactPane key={one.view.contact} one={one} step={step} onStep={setStep} takeFocus={byKey} />}
        {!searching && !one && <Nothing />}
      </section>
      {(aside || (one && !searching)) && (
        <aside className={css.right} aria-label={t('desk.facts.title')}>
          {aside === 'help' && <Help questionMark={questionMark} onQuestionMark={setQuestionMark} onClose={() => setAside(null)} />}
          {aside === 'notify' && <NotifyPanel notify={notify} onClose={() => setAside(null)} />}
          {!aside && one && <Facts view={one.view} />}
        </aside>
      )}
    </div>
  );
}

/** The browser asks before a page with unsent text is closed. */
function useWarnOfDrafts() {
  const { desk } = useDesk();
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      const unsent = [...desk.snapshot().open.values()].some(
        ({ drafts, thread }) => drafts.reply !== '' || drafts.note !== '' || thread.pending.length > 0,
      );
      if (unsent) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [desk]);
}
