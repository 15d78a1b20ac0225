import { type SubmitEvent, useState } from 'react';
import { Button, RadioButton, RadioButtonGroup } from 'suomifi-ui-components';
import type { ReviewMarks } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { FaultSummary } from '../look/FaultSummary';
import { GroupLabel } from '../look/Field';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

const CRITERIA = ['correct', 'clear', 'complete', 'polite'] as const;
const VALUES = ['yes', 'partly', 'no'] as const;
type Value = (typeof VALUES)[number];

/** What the reviewer thinks, by a short list. Only sums of it are stored. */
export function MarkForm({ onMark }: { onMark: (marks: ReviewMarks) => Promise<void> }) {
  const { t } = useText();
  const [marks, setMarks] = useState<Partial<ReviewMarks>>({});
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const missing = CRITERIA.filter((each) => !marks[each]);
  const faults = attempt > 0 ? missing : [];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (missing.length === 0) void act.run(() => onMark(marks as ReviewMarks));
  };
  return (
    <form className={css.card} onSubmit={submit} noValidate aria-labelledby="mark-title">
      <h2 id="mark-title">{t('review.mark.title')}</h2>
      <p className={css.hint}>{t('review.mark.intro')}</p>
      <FaultSummary attempt={attempt} faults={faults.map((each) => ({ name: `mark.${each}`, label: t(`lead.report.by.${each}`), text: t('review.mark.missing') }))} />
      <div className={page.pair}>
        {CRITERIA.map((each) => (
          <RadioButtonGroup
            key={each}
            name={`mark.${each}`}
            labelText={<GroupLabel label={t(`review.mark.criteria.${each}`)} fault={faults.includes(each) ? t('review.mark.missing') : undefined} />}
            value={marks[each] ?? ''}
            onChange={(value) => setMarks({ ...marks, [each]: value as Value })}
          >
            {VALUES.map((value) => (
              <RadioButton key={value} value={value}>
                {t(`review.mark.values.${value}`)}
              </RadioButton>
            ))}
          </RadioButtonGroup>
        ))}
      </div>
      <Failure problem={act.problem} />
      <Button type="submit" aria-disabled={act.busy}>
        {t('review.mark.do')}
      </Button>
    </form>
  );
}
