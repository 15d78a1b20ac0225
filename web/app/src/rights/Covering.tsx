import { type SubmitEvent, useId, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { CopyDecision, CopyItem, RightsDraft } from '../api/shapes';
import { SelectField } from '../look/Field';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { covered, joined, type Span } from './cover';
import own from './rights.module.css';

interface Props {
  item: CopyItem;
  grounds: RightsDraft['grounds'];
  /** Left out whole, rather than covered in part. */
  whole: boolean;
  onDecide: (decision: CopyDecision) => void;
  onCancel: () => void;
}

/** Chooses the parts of a text that are covered, and the ground. */
export function Covering({ item, grounds, whole, onDecide, onCancel }: Props) {
  const { t } = useText();
  const [ground, setGround] = useState<CopyDecision['ground']>(item.staff ? 'staff' : 'third_person');
  const [spans, setSpans] = useState<Span[]>([]);
  const [none, setNone] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!whole && spans.length === 0) return setNone(true);
    onDecide({ decision: whole ? 'left_out' : 'covered', ground, spans: whole ? [] : spans });
  };
  const change = (next: Span[], missed = false) => {
    setSpans(next);
    setNone(missed);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape cancels from every field inside
    <form className={`${css.form} ${own.cover}`} onSubmit={submit} noValidate onKeyDown={({ key }) => key === 'Escape' && onCancel()}>
      {!whole && <Selecting text={item.text} spans={spans} missed={none} onChange={change} />}
      <SelectField label={t('rights.items.ground')} value={ground} options={grounds.map((id) => ({ id, name: t(`rights.items.grounds.${id}`) }))} onChange={(id) => setGround(id as CopyDecision['ground'])} />
      <div className={css.row}>
        <Button type="submit">{t(whole ? 'rights.items.leaveSave' : 'rights.items.coverSave')}</Button>
        <Button type="button" variant="secondary" onClick={onCancel}>
          {t('staff.cancel')}
        </Button>
      </div>
    </form>
  );
}

interface SelectingProps {
  text: string;
  spans: readonly Span[];
  missed: boolean;
  onChange: (spans: Span[], missed?: boolean) => void;
}

/** The text with its covered parts shown as blocks of their own length, so that places stay the same. */
function Selecting({ text, spans, missed, onChange }: SelectingProps) {
  const { t } = useText();
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const cover = () => {
    const { selectionStart: from = 0, selectionEnd: to = 0 } = box.current ?? {};
    if (to <= from) onChange([...spans], true);
    else onChange(joined([...spans, { from, to }]));
    box.current?.focus();
  };
  return (
    <div className={`${css.field} ${own.cover}`}>
      <label htmlFor={id}>{t('rights.items.coverField')}</label>
      <span id={`${id}-hint`} className={css.hint}>
        {t('rights.items.coverText')}
      </span>
      <textarea id={id} ref={box} readOnly rows={Math.min(8, 2 + Math.ceil(text.length / 70))} value={covered(text, spans)} aria-describedby={`${id}-hint`} />
      {missed && (
        <span className={css.fault} role="alert">
          {t('rights.items.coverNone')}
        </span>
      )}
      <div className={css.row}>
        <Button type="button" variant="secondary" onClick={cover}>
          {t('rights.items.coverDo')}
        </Button>
        {spans.length > 0 && (
          <Button type="button" variant="secondary" onClick={() => onChange([])}>
            {t('rights.items.coverReset')}
          </Button>
        )}
      </div>
    </div>
  );
}
