import { type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { Problem } from '../api/problem';
import type { DeskService } from '../api/shapes';
import { ReasonField, SelectField, TextField } from '../look/Field';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';

type By = DeskService['search_by'][number];

export interface Query {
  by: By;
  value: string;
  purpose: string;
  reason: string;
}

interface Props {
  services: readonly DeskService[];
  problem: Problem | null;
  onSearch: (query: Query) => void;
}

/** What the form calls a field. */
export const nameIn = (field: string) => `search.${field}`;

/** Asks what for before it asks for whom. */
export function SearchForm({ services, problem, onSearch }: Props) {
  const { t } = useText();
  const [id, setId] = useState(services[0]?.id ?? '');
  const service = services.find((each) => each.id === id) ?? services[0];
  const [chosenBy, setBy] = useState<string>('reference');
  const [value, setValue] = useState('');
  const [chosenPurpose, setPurpose] = useState('');
  const [reason, setReason] = useState('');
  const by = service?.search_by.find((each) => each === chosenBy) ?? service?.search_by[0] ?? 'reference';
  const purpose = service?.purposes.find((each) => each.id === chosenPurpose) ?? service?.purposes[0];

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (purpose) onSearch({ by, value: value.trim(), purpose: purpose.id, reason: reason.trim() });
  };

  return (
    <form className={css.searchForm} onSubmit={submit} noValidate>
      <p>{t('desk.search.text')}</p>
      <div className={css.panelRow}>
        {services.length > 1 && <SelectField label={t('desk.search.service')} value={id} options={services} onChange={setId} />}
        <SelectField
          label={t('staff.purpose')}
          name={nameIn('purpose')}
          value={purpose?.id ?? ''}
          options={service?.purposes ?? []}
          onChange={setPurpose}
          hint={purpose?.law || undefined}
          fault={problem?.fields.purpose}
        />
      </div>
      {purpose?.reason && <ReasonField name={nameIn('reason')} value={reason} onChange={setReason} fault={problem?.fields.reason} />}
      <div className={css.panelRow}>
        <SelectField label={t('desk.search.by')} value={by} options={(service?.search_by ?? []).map((each) => ({ id: each, name: t(`desk.search.${each}`) }))} onChange={setBy} />
        <TextField label={t('desk.search.value')} name={nameIn('value')} value={value} onChange={setValue} autoComplete="off" fault={problem?.fields.value} />
        <Button type="submit">{t('desk.search.do')}</Button>
      </div>
    </form>
  );
}
