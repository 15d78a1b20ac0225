import { type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { ReviewOptions, Sample } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { SelectField } from '../look/Field';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

interface Props {
  options: ReviewOptions;
  /** A draw begins: what was told of the one before no longer holds. */
  onDraw: () => void;
  onDrawn: (sample: Sample) => void;
}

/** Everything that may be said of a sample; which contacts it holds is left to chance. */
export function DrawForm({ options: { services, days, sizes }, onDraw, onDrawn }: Props) {
  const { t, lang } = useText();
  const [chosen, setService] = useState('');
  const [wanted, setPurpose] = useState('');
  const [span, setSpan] = useState(String(days[1] ?? days[0]));
  const [size, setSize] = useState(String(sizes[0]));
  const act = useAct();
  const service = services.find(({ id }) => id === chosen) ?? services[0];
  const purpose = service?.purposes.find(({ id }) => id === wanted) ?? service?.purposes[0];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!service || !purpose) return;
    const body = { service: service.id, purpose: purpose.id, days: Number(span) as 7, size: Number(size) as 5 };
    onDraw();
    void act.run(async () => onDrawn(await call('post', '/api/review/samples', { query: { lang }, body })));
  };
  const spans = days.map((n) => ({ id: String(n), name: t('review.draw.daysOf', { n }) }));
  const numbers = sizes.map((n) => ({ id: String(n), name: String(n) }));
  return (
    <form className={css.card} onSubmit={submit} noValidate aria-labelledby="draw-title">
      <h2 id="draw-title">{t('review.draw.title')}</h2>
      <div className={css.row}>
        <SelectField label={t('review.draw.service')} value={service?.id ?? ''} options={services} onChange={setService} />
        <SelectField label={t('review.draw.purpose')} value={purpose?.id ?? ''} options={service?.purposes ?? []} onChange={setPurpose} />
      </div>
      <div className={css.row}>
        <SelectField label={t('review.draw.days')} value={span} options={spans} onChange={setSpan} />
        <SelectField label={t('review.draw.size')} value={size} options={numbers} onChange={setSize} />
        <Button type="submit" aria-disabled={act.busy}>
          {t('review.draw.do')}
        </Button>
      </div>
      <p className={css.hint}>{t('review.draw.limits')}</p>
      <Failure problem={act.problem} />
    </form>
  );
}
