import type { SetupDone } from '../api/shapes';
import { CopyButton } from '../look/CopyButton';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import type { Draft } from './draft';

/** Where to sign in, the adviser's password this once, and what to do next. */
export function Done({ done, draft }: { done: SetupDone; draft: Draft }) {
  const { t, lang } = useText();
  const { sign_in: path, adviser_password: password } = done;
  return (
    <div className={page.form}>
      <FocusedHeading>{t('setup.done.title')}</FocusedHeading>
      <dl className={css.facts}>
        <dt>{t('setup.done.as')}</dt>
        <dd>{draft.account.username}</dd>
        <dt>{t('setup.done.address')}</dt>
        <dd>{`${location.origin}${path}`}</dd>
      </dl>
      {password && (
        <section className={css.card} aria-labelledby="first-adviser">
          <h2 id="first-adviser">{t('setup.done.adviser')}</h2>
          <p>{t('setup.done.adviserText')}</p>
          <dl className={css.facts}>
            <dt>{t('setup.account.username')}</dt>
            <dd>{draft.adviser.username}</dd>
            <dt>{t('setup.account.password')}</dt>
            <dd className={css.secret}>{password}</dd>
          </dl>
          <div className={css.row}>
            <CopyButton text={password} label={t('admin.password.copy')} />
          </div>
        </section>
      )}
      <h2>{t('setup.done.next')}</h2>
      <ol className={page.steps}>
        {(['totp', 'second', 'officer', 'notices'] as const).map((step) => (
          <li key={step}>{t(`setup.done.steps.${step}`)}</li>
        ))}
      </ol>
      <p>
        <a className={page.main} href={`${path}?lang=${lang}`}>
          {t('setup.done.signIn')}
        </a>
      </p>
    </div>
  );
}
