import { useCallback } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { Answer, Answers } from '../api/shapes';
import { useAct } from '../api/useAct';
import { useLoad } from '../api/useLoad';
import { BackLink } from '../look/BackLink';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import css from '../staff/staff.module.css';
import { LANGS } from '../text/lookup';
import { useText } from '../text/TextProvider';
import lead from './lead.module.css';

interface Props {
  answer: Answer;
  data: Answers;
  onReverted: (now: Answer) => void;
  onBack: () => void;
}

/** Every version of one answer, the newest first; an older one can be taken back into use. */
export function AnswerHistory({ answer: { id, name }, data, onReverted, onBack }: Props) {
  const { t } = useText();
  const load = useCallback(() => call('get', '/api/lead/answers/{answer}', { at: { answer: id } }), [id]);
  const { data: loaded, problem, reload } = useLoad(load);
  const act = useAct();
  const [newest] = loaded?.versions ?? [];
  const revert = async (to: number) =>
    onReverted(await call('post', '/api/lead/answers/{answer}/revert', { at: { answer: id }, body: { base: newest?.version ?? 0, to } }));
  return (
    <>
      <BackLink onBack={onBack}>{t('lead.answers.back')}</BackLink>
      <FocusedHeading>{t('lead.answers.titleHistory', { name })}</FocusedHeading>
      <Failure problem={problem} onRetry={reload} />
      <Failure problem={act.problem} />
      {loaded?.versions.map((one) => (
        <Version key={one.version} one={one} data={data} current={one === newest} onRevert={newest?.mine ? () => void act.run(() => revert(one.version)) : undefined} />
      ))}
    </>
  );
}

interface VersionProps {
  one: Answer;
  data: Answers;
  current: boolean;
  onRevert: (() => void) | undefined;
}

function Version({ one: { version: n, at, name, shortcut, services, text }, data, current, onRevert }: VersionProps) {
  const { t, dateTime } = useText();
  const title = t('lead.answers.version', { n });
  const named = services.map((id) => data.services.find((each) => each.id === id)?.name ?? id).join(', ');
  return (
    <section className={css.card} aria-labelledby={`version-${n}`}>
      <h2 id={`version-${n}`}>
        {title} {current && <span className={css.tag}>{t('lead.answers.current')}</span>}
      </h2>
      <p>{[dateTime(at), name, shortcut && `/${shortcut}`, named || t('staff.allServices')].filter(Boolean).join(' · ')}</p>
      <dl className={lead.texts}>
        {LANGS.map((lang) => (
          <div key={lang}>
            <dt className={css.strong}>{t(`shared.languages.${lang}`)}</dt>
            <dd lang={text[lang] ? lang : undefined} className={lead.said}>
              {text[lang] || t('lead.answers.empties')}
            </dd>
          </div>
        ))}
      </dl>
      {!current && onRevert && (
        <Button variant="secondary" aria-label={t('lead.answers.of', { action: t('lead.answers.revert'), name: title })} onClick={onRevert}>
          {t('lead.answers.revert')}
        </Button>
      )}
    </section>
  );
}
