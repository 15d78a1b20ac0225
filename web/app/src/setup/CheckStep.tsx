import { type ReactNode, type SubmitEvent } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { SetupDone } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { useSpanText } from '../lead/useSpanText';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import type { Choices } from './choices';
import { type Draft, setupOf, type StepName, stepOf, STEPS } from './draft';

interface Props {
  draft: Draft;
  choices: Choices;
  /** Opens a step again. */
  onChange: (step: StepName) => void;
  onBack: () => void;
  onDone: (done: SetupDone) => void;
}

/** Everything once more before it is done. Nothing has been written until here. */
export function CheckStep({ draft, choices, onChange, onBack, onDone }: Props) {
  const { t } = useText();
  const act = useAct();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void act.run(async () => onDone(await call('post', '/api/setup', { body: setupOf(draft) })));
  };
  const [field = ''] = Object.keys(act.problem?.fields ?? {});
  const mend = act.problem && stepOf(act.problem.key, field);
  return (
    <form className={page.form} onSubmit={submit} noValidate>
      <div>
        <p className={css.muted}>{t('setup.step', { n: STEPS.length, all: STEPS.length })}</p>
        <FocusedHeading>{t('setup.check.title')}</FocusedHeading>
      </div>
      <Answers draft={draft} choices={choices} onChange={onChange} />
      <Failure problem={act.problem} title={t('setup.check.failed')} />
      {mend && (
        <button type="button" className={page.act} onClick={() => onChange(mend)}>
          {t('setup.check.mend', { name: t(`setup.${mend}.title`) })}
        </button>
      )}
      <p role="status">{act.busy && t('setup.check.doing')}</p>
      <div className={css.row}>
        <Button type="submit" aria-disabled={act.busy}>
          {t('setup.check.do')}
        </Button>
        <Button type="button" variant="secondary" aria-disabled={act.busy} onClick={onBack}>
          {t('setup.back')}
        </Button>
      </div>
    </form>
  );
}

function Answers({ draft, choices, onChange }: Pick<Props, 'draft' | 'choices' | 'onChange'>) {
  const { t, lang } = useText();
  const { account, authority, contacts, service, topics, adviser } = draft;
  const template = choices.templates.find(({ id }) => id === service.template);
  const part = (step: StepName, facts: [string, ReactNode][]) => <Part key={step} step={step} facts={facts} onChange={onChange} />;
  return (
    <>
      {part('account', [
        [t('setup.account.username'), account.username],
        [t('setup.account.name'), account.name],
        [t('setup.account.email'), account.email || t('staff.none')],
        [t('setup.account.password'), t('setup.check.secret')],
      ])}
      {part('authority', [
        [t('setup.authority.name'), Object.values(authority.name).join(' · ')],
        [t('setup.authority.slug'), authority.slug],
        [t('setup.authority.zone'), authority.zone],
      ])}
      {part('contacts', [
        [t('setup.contacts.address'), contacts.address],
        [t('setup.contacts.phone'), contacts.phone || t('staff.none')],
        [t('setup.contacts.email'), contacts.email],
        [t('setup.contacts.dpo'), contacts.dpo],
      ])}
      {part('service', [
        [t('setup.service.template'), template ? `${template.name[lang]}. ${template.keep[lang]}` : ''],
        [t('setup.service.name'), Object.values(service.name).join(' · ')],
        [t('setup.service.languages'), service.languages.map((each) => t(`shared.languages.${each}`)).join(', ')],
      ])}
      {part('topics', [[t('setup.topics.title'), topics.map((topic) => topic[lang]).join(', ') || t('setup.topics.none')]])}
      {part('hours', [[t('setup.hours.title'), <Week key="week" draft={draft} />]])}
      {part('adviser', [
        [
          t('setup.adviser.title'),
          adviser.wanted ? `${adviser.name} (${adviser.username})` : t('setup.adviser.later'),
        ],
        ...(adviser.wanted ? ([[t('setup.adviser.secrecy'), t(adviser.secrecy ? 'staff.yes' : 'staff.no')]] as [string, ReactNode][]) : []),
      ])}
    </>
  );
}

interface PartProps {
  step: StepName;
  facts: [label: string, value: ReactNode][];
  onChange: (step: StepName) => void;
}

function Part({ step, facts, onChange }: PartProps) {
  const { t } = useText();
  const name = t(`setup.${step}.title`);
  return (
    <section className={`${css.card} ${page.wide}`} aria-labelledby={`check-${step}`}>
      <h2 id={`check-${step}`}>{name}</h2>
      <dl className={css.facts}>
        {facts.map(([label, value]) => (
          <div key={label} className={page.fact}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className={page.act} aria-label={t('setup.check.changeOf', { name })} onClick={() => onChange(step)}>
        {t('setup.check.change')}
      </button>
    </section>
  );
}

function Week({ draft }: { draft: Draft }) {
  const { t } = useText();
  const spanText = useSpanText();
  const { hours } = setupOf(draft);
  if (hours.length === 0) return t('lead.hours.closed');
  return (
    <ul className={page.plainList}>
      {hours.map(({ weekday, opens, closes }) => (
        <li key={`${weekday} ${opens}`}>
          {t(`lead.days.${weekday as 1}`)} {spanText(opens, closes)}
        </li>
      ))}
    </ul>
  );
}
