import type { CopyDecision, CopyItem, RightsDraft } from '../api/shapes';
import FileLink from '../file/FileLink';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { formatCode, secondsOf } from '../text/format';
import { isLang } from '../text/lookup';
import { useText } from '../text/TextProvider';
import { Covering } from './Covering';
import own from './rights.module.css';

interface Props {
  item: CopyItem;
  grounds: RightsDraft['grounds'];
  fixed: boolean;
  open: 'covered' | 'left_out' | null;
  onOpen: (is: 'covered' | 'left_out' | null) => void;
  onDecide: (decision: CopyDecision) => void;
}

/** One datum: what it says, and what becomes of it. */
export function Item({ item, grounds, fixed, open, onOpen, onDecide }: Props) {
  const { t, dateTime } = useText();
  const { n, name, by, at, decision, ground, staff, given } = item;
  const acts = [
    { key: 'keep', act: () => onDecide({ decision: 'kept', ground: '', spans: [] }) },
    ...(item.type === 'text' || item.type === 'string' ? [{ key: 'cover', act: () => onOpen('covered') } as const] : []),
    { key: 'leave', act: () => onOpen('left_out') },
  ] as const;
  return (
    <li className={`${own.item} ${decision === 'undecided' ? own.waits : ''}`} data-n={n}>
      <div className={own.head}>
        <b>
          {n}. {name}
        </b>
        {by && <span>{t(`rights.items.by.${by}`)}</span>}
        {at > 0 && <span>{dateTime(at)}</span>}
        {staff && <span className={css.tag}>{t('rights.items.staff')}</span>}
        <span className={decision === 'undecided' ? own.warning : css.strong}>
          {t(`rights.items.decisions.${decision}`)}
          {ground && ` (${t(`rights.items.grounds.${ground}`)})`}
        </span>
      </div>
      {item.file ? <FileLink n={n} file={item.file} /> : <Value item={item} />}
      {given && (
        <p className={own.text}>
          {t('rights.items.given')} {given}
        </p>
      )}
      {!fixed && !open && (
        <div className={css.row}>
          {acts.map(({ key, act }) => (
            <button key={key} type="button" className={page.act} aria-label={t('rights.items.of', { action: t(`rights.items.${key}`), name, n })} onClick={act}>
              {t(`rights.items.${key}`)}
            </button>
          ))}
        </div>
      )}
      {open && <Covering item={item} grounds={grounds} whole={open === 'left_out'} onDecide={onDecide} onCancel={() => onOpen(null)} />}
    </li>
  );
}

function Value({ item: { field, type, text } }: { item: CopyItem }) {
  const { t, dateTime, span } = useText();
  const shown = () => {
    if (type === 'instant') return dateTime(text);
    if (field === 'reference_code') return formatCode(text);
    if (type === 'duration') return span(secondsOf(text));
    return type === 'language' && isLang(text) ? t(`shared.languages.${text}`) : text;
  };
  return text ? <p className={own.text}>{shown()}</p> : null;
}
