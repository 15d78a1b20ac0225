import { useCallback, useState } from 'react';
import { call } from '../api/client';
import type { Example } from '../api/shapes';
import { useAct } from '../api/useAct';
import { useLoad } from '../api/useLoad';
import { BackLink } from '../look/BackLink';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import { NotOnPaper } from '../look/NotOnPaper';
import { Told } from '../look/Told';
import { StaffFrame } from '../staff/StaffFrame';
import css from '../staff/staff.module.css';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';
import { Conversation } from './Conversation';

/** Examples that reviewers have put forward, for the advisers of their services. */
export default function TrainingPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/review/training" title={t('staff.areas.training')}>
      <NotOnPaper>
        <Loaded />
      </NotOnPaper>
    </StaffFrame>
  );
}

function Loaded() {
  const { t, lang } = useText();
  const load = useCallback(() => call('get', '/api/review/training', { query: { lang } }), [lang]);
  const { data, problem, reload } = useLoad(load);
  const [opened, setOpened] = useState<number | null>(null);
  const [returned, setReturned] = useState(false);
  const [told, setTold] = useState('');
  const act = useAct();
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  const example = opened === null ? undefined : data.examples[opened];
  if (example && opened !== null)
    return (
      <ExampleStep
        example={example}
        n={opened + 1}
        onBack={() => {
          setReturned(true);
          setOpened(null);
          setTold('');
          reload();
        }}
      />
    );
  const end = (id: string) =>
    void act.run(async () => {
      await call('delete', '/api/review/training/{example}', { at: { example: id } });
      setTold(t('review.training.ended'));
      reload();
    });
  return (
    <>
      <FocusedHeading take={returned}>{t('staff.areas.training')}</FocusedHeading>
      <p>{t('review.training.intro')}</p>
      <Told>{told}</Told>
      <Failure problem={act.problem} />
      {data.examples.length === 0 ? <p>{t('review.training.none')}</p> : <List examples={data.examples} onOpen={setOpened} onEnd={end} />}
    </>
  );
}

interface ListProps {
  examples: readonly Example[];
  onOpen: (at: number) => void;
  onEnd: (id: string) => void;
}

function List({ examples, onOpen, onEnd }: ListProps) {
  const { t, lang } = useText();
  const any = examples.some(({ mine }) => mine);
  const columns = (['example', 'service', 'until', 'actions'] as const).filter((column) => any || column !== 'actions');
  return (
    <TableBox caption={t('review.training.caption')}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {t(`review.training.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {examples.map(({ id, service, last_day: last, mine }, i) => (
          <tr key={id}>
            <th scope="row">
              <button type="button" className={page.act} onClick={() => onOpen(i)}>
                {t('review.training.open', { n: i + 1 })}
              </button>
            </th>
            <td>{service.name}</td>
            <td>{formatDay(lang, last)}</td>
            {any && (
              <td>
                {mine && (
                  <button type="button" className={page.act} aria-label={t('review.training.end', { n: i + 1 })} onClick={() => onEnd(id)}>
                    {t('review.training.endShort')}
                  </button>
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}

function ExampleStep({ example, n, onBack }: { example: Example; n: number; onBack: () => void }) {
  const { t, lang } = useText();
  const load = useCallback(() => call('get', '/api/review/training/{example}', { at: { example: example.id }, query: { lang } }), [example.id, lang]);
  const { data, problem } = useLoad(load);
  return (
    <div className={page.part}>
      <BackLink onBack={onBack}>{t('review.training.back')}</BackLink>
      <FocusedHeading>{t('review.training.name', { n })}</FocusedHeading>
      {!data && (problem ? <Failure problem={problem} /> : <p role="status">{t('shared.loading')}</p>)}
      {data && (
        <>
          <p>
            {t('review.contact.purpose', { purpose: data.purpose.name })} {t('review.contact.until', { day: formatDay(lang, data.last_day) })}
          </p>
          <p className={css.hint}>{t('review.contact.limits')}</p>
          <Conversation lines={data.lines} />
        </>
      )}
    </div>
  );
}
