import { type SubmitEvent, useCallback, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { Account } from '../api/shapes';
import { useAct } from '../api/useAct';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { TextField } from '../look/Field';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { useAdmin } from './AdminContext';
import { ReasonStep } from './ReasonStep';
import { useHeading } from './useHeading';

interface Props {
  person: Account;
  onTold: (text: string) => void;
}

/** Whether the organisation's directory lets this person in. Nothing where the authority has no directory. */
export function ByDirectory({ person, onTold }: Props) {
  const { t } = useText();
  const load = useCallback(() => call('get', '/api/admin/directory'), []);
  const { data, problem, reload } = useLoad(load);
  const { changed } = useAdmin();
  const [heading, focus] = useHeading();
  const state = person.directory ?? 'not';
  if (!data) return <Failure problem={problem} onRetry={reload} />;
  if (!data.on && state === 'not') return null;
  const set = async (let_: boolean, known: string) => {
    changed(await call('put', '/api/admin/staff/{staff}/directory', { at: { staff: person.id }, body: { let: let_, known } }));
    onTold(t(let_ ? 'admin.person.directory.wasLet' : 'admin.person.directory.ended'));
    focus();
  };
  return (
    <section className={css.card} aria-labelledby="person-directory">
      <h2 id="person-directory" ref={heading} tabIndex={-1}>
        {t('admin.person.directory.title')}
      </h2>
      <p>{t(`admin.person.directory.${state}`)}</p>
      {state === 'not' ? (
        <Let person={person} onLet={(known) => set(true, known)} />
      ) : (
        <ReasonStep open={t('admin.person.directory.endOpen')} title={t('admin.person.directory.end')} text={t('admin.person.directory.endText')} reasoned={false} onDo={() => set(false, '')} />
      )}
    </section>
  );
}

function Let({ person, onLet }: { person: Account; onLet: (known: string) => Promise<void> }) {
  const { t } = useText();
  const [known, setKnown] = useState(person.username);
  const act = useAct();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void act.run(() => onLet(known.trim()));
  };
  const fault = act.problem?.fields.known;
  return (
    <form className={page.form} onSubmit={submit} noValidate>
      <TextField label={t('admin.person.directory.known')} name="known" hint={t('admin.person.directory.knownHint')} value={known} onChange={setKnown} autoComplete="off" maxLength={255} size={40} fault={fault} />
      {!fault && <Failure problem={act.problem} />}
      <div>
        <Button type="submit" variant="secondary" aria-disabled={act.busy}>
          {t('admin.person.directory.do')}
        </Button>
      </div>
    </form>
  );
}
