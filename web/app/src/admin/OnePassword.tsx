import { Button } from 'suomifi-ui-components';
import type { Account } from '../api/shapes';
import { CopyButton } from '../look/CopyButton';
import { FocusedHeading } from '../look/Focused';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

interface Props {
  person: Account;
  password: string;
  onHide: () => void;
}

/** A password that the program made. It is in this window only, until it is hidden. */
export function OnePassword({ person, password, onHide }: Props) {
  const { t } = useText();
  return (
    <section className={css.card} aria-labelledby="one-password">
      <FocusedHeading level={2} id="one-password">
        {t('admin.password.title', { name: person.name })}
      </FocusedHeading>
      <p>{t('admin.password.text')}</p>
      <dl className={css.facts}>
        <dt>{t('admin.password.username')}</dt>
        <dd>{person.username}</dd>
        <dt>{t('admin.password.password')}</dt>
        <dd className={css.secret}>{password}</dd>
      </dl>
      <div className={css.row}>
        <Button onClick={onHide}>{t('admin.password.hide')}</Button>
        <CopyButton text={password} label={t('admin.password.copy')} />
      </div>
    </section>
  );
}
