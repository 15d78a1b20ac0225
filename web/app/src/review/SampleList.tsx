import type { Sample, SampleItem } from '../api/shapes';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import css from '../staff/staff.module.css';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';

interface Props {
  samples: readonly Sample[];
  onOpen: (sample: Sample, item: SampleItem) => void;
}

/** What was drawn for the reviewer, newest first, and what has ended since. */
export function SampleList({ samples, onOpen }: Props) {
  const { t } = useText();
  return (
    <section className={page.part} aria-labelledby="samples-title">
      <h2 id="samples-title">{t('review.samples.title')}</h2>
      {samples.length === 0 && <p>{t('review.samples.none')}</p>}
      {samples.map((sample) => (
        <Table key={sample.id} sample={sample} onOpen={(item) => onOpen(sample, item)} />
      ))}
    </section>
  );
}

function Table({ sample, onOpen }: { sample: Sample; onOpen: (item: SampleItem) => void }) {
  const { t, lang, date } = useText();
  const { service, purpose, drawn_at: drawn, last_day: last, items } = sample;
  const caption = t('review.samples.caption', { service: service.name, purpose: purpose.name });
  return (
    <div className={page.part}>
      <p className={css.hint}>{t('review.samples.drawn', { day: date(drawn), last: formatDay(lang, last) })}</p>
      <TableBox caption={caption}>
        <thead>
          <tr>
            {(['contact', 'state', 'until'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`review.samples.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.no} item={item} onOpen={() => onOpen(item)} />
          ))}
        </tbody>
      </TableBox>
    </div>
  );
}

function Row({ item: { no, state, last_day: last, training }, onOpen }: { item: SampleItem; onOpen: () => void }) {
  const { t, lang } = useText();
  return (
    <tr>
      <th scope="row">
        {state === 'gone' ? (
          t('review.contact.title', { n: no })
        ) : (
          <button type="button" className={page.act} onClick={onOpen}>
            {t('review.samples.open', { n: no })}
          </button>
        )}
      </th>
      <td>
        {t(`review.samples.states.${state}`)} {training && <span className={css.tag}>{t('review.samples.training')}</span>}
        {state === 'gone' && <span className={css.hint}> {t('review.samples.gone')}</span>}
      </td>
      <td>{state === 'gone' || !last ? t('staff.none') : formatDay(lang, last)}</td>
    </tr>
  );
}
