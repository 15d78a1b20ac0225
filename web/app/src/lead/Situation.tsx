import type { Overview } from '../api/shapes';
import { TableBox } from '../look/TableBox';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { useLead, useQueueName } from './LeadContext';
import { isFree } from './warnings';

type Present = Overview['present'][number];

interface Line {
  key: string;
  name: string;
  whole: boolean;
  waiting: number;
  longest: number;
  running: number;
  staff: Present[];
}

/** Each service and each of its queues: who waits, what runs, who is there to take more. */
export function Situation() {
  const { t, number, span } = useText();
  const lines = useLines();
  return (
    <section className={page.part} aria-labelledby="lead-situation">
      <h2 id="lead-situation">{t('lead.situation.title')}</h2>
      <TableBox caption={t('lead.situation.caption')}>
        <thead>
          <tr>
            <th scope="col">{t('lead.situation.what')}</th>
            {(['lead.queues.waiting', 'lead.queues.longest', 'lead.situation.running', 'lead.situation.available', 'lead.situation.full', 'lead.situation.off'] as const).map((key) => (
              <th key={key} scope="col" className={css.number}>
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, name, whole, waiting, longest, running, staff }) => (
            <tr key={key} className={whole ? css.strong : ''}>
              <th scope="row">{name}</th>
              <td className={css.number}>{number(waiting)}</td>
              <td className={css.number}>{waiting > 0 ? span(longest) : t('staff.none')}</td>
              <td className={css.number}>{number(running)}</td>
              <td className={css.number}>{number(staff.filter(isFree).length)}</td>
              <td className={css.number}>{number(staff.filter((each) => each.presence === 'present' && !isFree(each)).length)}</td>
              <td className={css.number}>{number(staff.filter(({ presence }) => presence === 'busy' || presence === 'away').length)}</td>
            </tr>
          ))}
        </tbody>
      </TableBox>
    </section>
  );
}

/** A service's own line, then its queues'. An adviser counts in each queue whose language they serve in. */
function useLines(): Line[] {
  const { t } = useText();
  const { overview, now } = useLead();
  const queueName = useQueueName();
  const since = (now - overview.generated_at) / 1_000;
  return overview.services.flatMap(({ id, name }) => {
    const queues = overview.queues.filter(({ service }) => service === id);
    const active = overview.active.filter(({ service }) => service === id);
    const staff = overview.present.filter(({ services }) => services.includes(id));
    const lines = queues.map(({ language, waiting, longest_wait_s: longest }) => ({
      key: `${id}/${language}`,
      name: queueName(id, language),
      whole: false,
      waiting,
      longest: longest + since,
      running: active.filter(({ lang }) => lang === language).length,
      staff: staff.filter(({ languages }) => languages.includes(language)),
    }));
    const waiting = lines.reduce((sum, line) => sum + line.waiting, 0);
    const longest = Math.max(0, ...lines.filter((line) => line.waiting > 0).map((line) => line.longest));
    return [{ key: id, name: t('lead.situation.all', { service: name }), whole: true, waiting, longest, running: active.length, staff }, ...lines];
  });
}
