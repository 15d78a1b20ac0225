import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { AuditEntry, AuditQuery, Named, PurposeChoice } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { type Asked, AuditForm, noQuestion } from './AuditForm';
import { Entries } from './Entries';

interface Props {
  purposes: readonly PurposeChoice[];
  staff: readonly Named[];
  /** Names of registers by their ids. */
  registers: ReadonlyMap<string, string>;
}

interface Found {
  query: AuditQuery;
  entries: readonly AuditEntry[];
  next: string;
}

/** The form and what it found. Every page of entries is a search of its own, on record. */
export function AuditSearch({ purposes, staff, registers }: Props) {
  const [asked, setAsked] = useState<Asked>({ ...noQuestion, purpose: purposes[0]?.id ?? '' });
  const [found, setFound] = useState<Found | null>(null);
  const act = useAct();
  const fetchPage = (query: AuditQuery, before: string) =>
    call('post', '/api/officer/audit', { body: before ? { ...query, before } : query });
  const search = (query: AuditQuery) =>
    void act.run(async () => {
      setFound(null);
      const { entries, next = '' } = await fetchPage(query, '');
      setFound({ query, entries, next });
    });
  const older = () =>
    void act.run(async () => {
      if (!found) return;
      const { entries, next = '' } = await fetchPage(found.query, found.next);
      setFound({ ...found, entries: [...found.entries, ...entries], next });
    });
  // Only asked for: the reason may be another one, so the officer sends it.
  const follow = (contact: string) => {
    setAsked({ ...asked, by: 'contact', contact });
    setTimeout(() => document.getElementsByName('audit.reason')[0]?.focus());
  };
  return (
    <>
      <AuditForm purposes={purposes} staff={staff} asked={asked} onChange={setAsked} problem={act.problem} onSearch={search} />
      <Failure problem={act.problem} />
      {found && <Answer found={found} staff={staff} registers={registers} busy={act.busy} onOlder={older} onFollow={follow} />}
    </>
  );
}

interface AnswerProps {
  found: Found;
  staff: readonly Named[];
  registers: ReadonlyMap<string, string>;
  busy: boolean;
  onOlder: () => void;
  onFollow: (contact: string) => void;
}

function Answer({ found: { query, entries, next }, staff, registers, busy, onOlder, onFollow }: AnswerProps) {
  const { t } = useText();
  const name = staff.find(({ id }) => query.by === 'staff' && id === query.id)?.name ?? query.id;
  return (
    <section className={page.part} aria-labelledby="audit-found">
      <FocusedHeading level={2} id="audit-found">
        {t('officer.audit.titleStaff', { name })}
      </FocusedHeading>
      <p role="status">{entries.length === 0 ? t('officer.audit.none') : t('officer.audit.found', { n: entries.length })}</p>
      {entries.length > 0 && <Entries entries={entries} registers={registers} about={query.by === 'contact' ? query.id : ''} onFollow={onFollow} />}
      {next && (
        <div className={css.row}>
          <Button variant="secondary" aria-disabled={busy} onClick={onOlder}>
            {t('officer.audit.older')}
          </Button>
          <span className={css.hint}>{t('officer.audit.olderHint')}</span>
        </div>
      )}
    </section>
  );
}
