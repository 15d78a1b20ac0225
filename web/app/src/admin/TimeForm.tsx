import { type SubmitEvent, useState } from 'react';
import { Button, RadioButton, RadioButtonGroup } from 'suomifi-ui-components';
import { SelectField, TextField } from '../look/Field';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { type Choice, CHOICES, periodOf, type Unit, UNITS } from './time';

interface Props {
  busy: boolean;
  onMove: (period: string) => void;
}

/** How far to move time. */
export function TimeForm({ busy, onMove }: Props) {
  const { t } = useText();
  const [choice, setChoice] = useState<Choice>('P1D');
  const [count, setCount] = useState('');
  const [unit, setUnit] = useState<Unit>('M');
  const [tried, setTried] = useState(false);
  const period = choice === 'own' ? periodOf(count, unit) : choice;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (period) onMove(period);
    else document.getElementsByName('time.count')[0]?.focus();
  };
  return (
    <form className={css.card} onSubmit={submit} noValidate>
      <RadioButtonGroup name="time.choice" labelText={t('admin.time.by')} groupHintText={t('admin.time.back')} value={choice} onChange={(chosen) => setChoice(chosen as Choice)}>
        {[...CHOICES, 'own' as const].map((each) => (
          <RadioButton key={each} value={each}>
            {t(`admin.time.choices.${each}`)}
          </RadioButton>
        ))}
      </RadioButtonGroup>
      {choice === 'own' && (
        <div className={css.row}>
          <TextField
            label={t('admin.time.count')}
            name="time.count"
            inputMode="numeric"
            autoComplete="off"
            size={5}
            maxLength={4}
            value={count}
            onChange={setCount}
            fault={tried && !period ? t('admin.time.countFault') : undefined}
          />
          <SelectField label={t('admin.time.unit')} value={unit} options={UNITS.map((id) => ({ id, name: t(`admin.time.units.${id}`) }))} onChange={(chosen) => setUnit(chosen as Unit)} />
        </div>
      )}
      <Button type="submit" aria-disabled={busy}>
        {t('admin.time.do')}
      </Button>
    </form>
  );
}
