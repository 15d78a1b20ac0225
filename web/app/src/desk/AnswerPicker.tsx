import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import { call } from '../api/client';
import type { ContactView, DeskAnswers } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import type { Lang } from '../text/lookup';
import { useText } from '../text/TextProvider';
import { type Choice, fill, matching, MOST, valuesOf } from './answers';
import css from './answers.module.css';
import { useDesk } from './DeskContext';

interface Props {
  view: ContactView;
  /** The citizen's language. */
  wanted: Lang;
  /** With its variables filled, as far as they are known. */
  onChoose: (choice: Choice) => void;
  onClose: () => void;
}

/** Chooses a ready answer by typing: a combobox whose list is always open. */
export function AnswerPicker({ view, wanted, onChoose, onClose }: Props) {
  const { t, lang: shown } = useText();
  const { data, problem, reload } = useAnswers(view.service);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const found = data ? matching(data.answers, query, wanted, shown) : [];
  const list = found.slice(0, MOST);
  const filled = (choice: Choice) => ({ ...choice, text: data ? fill(choice.text, valuesOf(data, choice.lang, view)) : choice.text });
  const move = (by: number) => setAt((now) => (list.length === 0 ? 0 : (now + by + list.length) % list.length));
  const onKey = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const choose = () => {
    const choice = list[at];
    if (choice) onChoose(filled(choice));
  };
  const keys: Partial<Record<string, () => void>> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: choose,
    Escape: onClose,
  };

  return (
    <div className={css.picker}>
      <label htmlFor={`${id}-query`}>{t('desk.answers.search')}</label>
      <input id={`${id}-query`} ref={field} role="combobox" autoComplete="off" aria-expanded={list.length > 0} aria-controls={`${id}-list`} aria-autocomplete="list"
        aria-activedescendant={list[at] ? `${id}-${at}` : undefined} value={query} onKeyDown={onKey}
        onChange={({ target }) => { setQuery(target.value); setAt(0); }} />
      <div id={`${id}-list`} role="listbox" aria-label={t('desk.answers.open')} className={css.list}>
        {list.map((choice, i) => (
          <Option key={choice.id} id={`${id}-${i}`} choice={filled(choice)} foreign={choice.lang !== wanted} current={i === at} onChoose={() => onChoose(filled(choice))} />
        ))}
      </div>
      <p role="status" className={found.length > 0 && found.length <= MOST ? 'unseen' : css.told}>
        {data && (found.length === 0 ? t(query === '' ? 'desk.answers.empty' : 'desk.answers.none') : t('desk.answers.count', { n: found.length }))}
      </p>
      <p className={css.told}>{t('desk.answers.keys')}</p>
      <Failure problem={problem} onRetry={reload} />
    </div>
  );
}

/** The answers of a service; what was loaded before is there at once. */
function useAnswers(service: string) {
  const { desk } = useDesk();
  const load = useCallback(async (): Promise<DeskAnswers> => {
    const answers = await call('get', '/api/desk/services/{service}/answers', { at: { service } });
    desk.answers.set(service, answers);
    return answers;
  }, [desk, service]);
  const { data, problem, reload } = useLoad(load);
  return { data: data ?? desk.answers.get(service) ?? null, problem, reload };
}

interface OptionProps {
  id: string;
  choice: Choice;
  /** It exists in another language only. */
  foreign: boolean;
  current: boolean;
  onChoose: () => void;
}

function Option({ id, choice: { name, shortcut, lang, text }, foreign, current, onChoose }: OptionProps) {
  const { t } = useText();
  const item = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <div ref={item} id={id} role="option" tabIndex={-1} aria-selected={current} className={css.option}
      onMouseDown={(event) => { event.preventDefault(); onChoose(); }}>
      <span className={css.top}>
        <b>{name}</b>
        {shortcut && <kbd>/{shortcut}</kbd>}
        {foreign && <span className={css.foreign}>{t('desk.answers.only', { lang: t(`shared.languages.${lang}`) })}</span>}
      </span>
      <span lang={lang} className={css.text}>
        {text}
      </span>
    </div>
  );
}
