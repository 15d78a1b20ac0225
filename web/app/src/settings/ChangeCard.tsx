import { useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { SettingChange } from '../api/shapes';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { Differences } from './Differences';
import { RestoreStep } from './RestoreStep';
import { partKey } from './setting';
import own from './settings.module.css';

interface Props {
  change: SettingChange;
  onRestored: (name: string) => void;
}

/**
 * One change: what, who, when and the difference. The newest of its setting is taken back; from an older
 * one its own version is taken back into use.
 */
export function ChangeCard({ change, onRestored }: Props) {
  const { t, dateTime } = useText();
  const [asking, setAsking] = useState(false);
  const card = useRef<HTMLElement>(null);
  const { line, kind, name, version, newest, by, at, differences, restored, restorable } = change;
  const part = t(partKey(change));
  const title = kind === 'directory' ? part : t('settings.title', { part, name });
  const to = newest ? version - 1 : version;
  const action = newest ? t('settings.restore.undo') : t('settings.restore.use');
  const cancel = () => {
    setAsking(false);
    setTimeout(() => card.current?.querySelector<HTMLElement>(':scope > button')?.focus());
  };
  const notes = [dateTime(at), by.name || t('settings.nobody'), t('settings.version', { n: version }), restored >= 0 && t('settings.restored', { n: restored })];
  return (
    <article ref={card} className={`${css.card} ${own.card}`} aria-labelledby={line}>
      <h2 id={line}>{title}</h2>
      <p className={own.meta}>{notes.filter(Boolean).join(' · ')}</p>
      {differences.length > 0 ? <Differences caption={t('settings.changed')} differences={differences} /> : <p>{t('settings.inAudit')}</p>}
      {restorable && !asking && (
        <Button variant="secondary" aria-label={t('settings.restore.of', { action, title, n: version })} onClick={() => setAsking(true)}>
          {action}
        </Button>
      )}
      {asking && <RestoreStep change={change} to={to} action={action} onRestored={() => onRestored(title)} onCancel={cancel} />}
    </article>
  );
}
