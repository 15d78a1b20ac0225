import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { Answer, Answers } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { SelectField, TextField } from '../look/Field';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import css from '../staff/staff.module.css';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';
import { type AnswerKind, KINDS, listed, overdue } from './answers';

interface Props {
  data: Answers;
  /** One comes back from a form: the heading takes the focus. */
  returned: boolean;
  onAdd: () => void;
  onEdit: (answer: Answer) => void;
  onHistory: (answer: Answer) => void;
  onArchive: (answer: Answer, archived: boolean) => Promise<void>;
}

/** Every ready answer, with what each lacks and which are to be read through again. */
export function AnswerList({ data, returned, onAdd, onEdit, onHistory, onArchive }: Props) {
  const { t } = useText();
  const [query, setQuery] = useState('');
  const [kind, setKind] = useState<AnswerKind>('used');
  const act = useAct();
  const list = listed(data.answers, kind, query);
  const due = overdue(data.answers);
  const kinds = KINDS.map((id) => ({ id, name: t(`lead.answers.kinds.${id}`) }));
  return (
    <>
      <FocusedHeading take={returned}>{t('staff.areas.answers')}</FocusedHeading>
      <p>{t('lead.answers.intro')}</p>
      {due > 0 && <p className={css.strong}>{t('lead.answers.due', { n: due })}</p>}
      <div className={css.row}>
        <TextField label={t('lead.answers.search')} type="search" value={query} onChange={setQuery} />
        <SelectField label={t('lead.answers.show')} value={kind} options={kinds} onChange={(id) => setKind(id as AnswerKind)} />
        {(data.all || data.led.length > 0) && <Button onClick={onAdd}>{t('lead.answers.add')}</Button>}
      </div>
      <Failure problem={act.problem} />
      <p role="status" className={list.length > 0 ? 'unseen' : undefined}>
        {list.length > 0 ? t('lead.answers.caption', { n: list.length }) : t(data.answers.length === 0 ? 'lead.answers.empty' : 'lead.answers.none')}
      </p>
      {list.length > 0 && (
        <TableBox caption={t('lead.answers.caption', { n: list.length })}>
          <thead>
            <tr>
              {(['name', 'shortcut', 'services', 'langs', 'review', 'actions'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`lead.answers.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.map((answer) => (
              <Row key={answer.id} answer={answer} data={data} onEdit={onEdit} onHistory={onHistory} onArchive={(archived) => void act.run(() => onArchive(answer, archived))} />
            ))}
          </tbody>
        </TableBox>
      )}
    </>
  );
}

interface RowProps extends Pick<Props, 'data' | 'onEdit' | 'onHistory'> {
  answer: Answer;
  onArchive: (archived: boolean) => void;
}

function Row({ answer, data, onEdit, onHistory, onArchive }: RowProps) {
  const { t, lang } = useText();
  const { name, shortcut, services, missing, review, mine, archived_at: archived } = answer;
  const named = services.map((id) => data.services.find((each) => each.id === id)?.name ?? id).join(', ');
  const acts = [
    ...(mine ? [{ key: 'edit', act: () => onEdit(answer) } as const] : []),
    { key: 'history', act: () => onHistory(answer) } as const,
    ...(mine ? [{ key: archived ? 'restore' : 'archive', act: () => onArchive(!archived) } as const] : []),
  ];
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{shortcut ? `/${shortcut}` : t('staff.none')}</td>
      <td>{named || t('staff.allServices')}</td>
      <td>{missing.length === 0 ? t('lead.answers.all') : t('lead.answers.missing', { langs: missing.map((each) => t(`shared.languages.${each}`)).join(', ') })}</td>
      <td>
        {review ? formatDay(lang, review) : t('staff.none')} {answer.overdue && <b>{t('lead.answers.passed')}</b>}
      </td>
      <td>
        <div className={css.row}>
          {acts.map(({ key, act }) => (
            <button key={key} type="button" className={page.act} aria-label={t('lead.answers.of', { action: t(`lead.answers.${key}`), name })} onClick={act}>
              {t(`lead.answers.${key}`)}
            </button>
          ))}
        </div>
        {!mine && <span className={css.hint}>{t('lead.answers.readOnly')}</span>}
      </td>
    </tr>
  );
}
