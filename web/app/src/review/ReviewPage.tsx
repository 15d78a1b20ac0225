import { useCallback, useState } from 'react';
import { call } from '../api/client';
import type { ReviewOptions, Sample, SampleItem } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import { NotOnPaper } from '../look/NotOnPaper';
import { Told } from '../look/Told';
import { StaffFrame } from '../staff/StaffFrame';
import { useText } from '../text/TextProvider';
import { DrawForm } from './DrawForm';
import { ItemStep } from './ItemStep';
import { SampleList } from './SampleList';

/** Samples that the program drew for a reviewer, and one drawn contact at a time. */
export default function ReviewPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/review" title={t('staff.areas.review')}>
      <NotOnPaper>
        <Loaded />
      </NotOnPaper>
    </StaffFrame>
  );
}

interface Opened {
  sample: Sample;
  item: SampleItem;
}

function Loaded() {
  const { t, lang } = useText();
  const load = useCallback(async () => {
    const [options, { samples }] = await Promise.all([
      call('get', '/api/review/options', { query: { lang } }),
      call('get', '/api/review/samples', { query: { lang } }),
    ]);
    return { options, samples };
  }, [lang]);
  const { data, problem, reload } = useLoad(load);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [told, setTold] = useState('');
  const [returned, setReturned] = useState(false);
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  const back = () => {
    setTold('');
    setReturned(true);
    setOpened(null);
    reload();
  };
  if (opened) return <ItemStep sample={opened.sample} no={opened.item.no} trains={trainsIn(data.options, opened.sample)} onBack={back} />;
  return (
    <>
      <FocusedHeading take={returned}>{t('staff.areas.review')}</FocusedHeading>
      <p>{t('review.intro')}</p>
      {data.options.services.length === 0 ? (
        <p>{t('review.none')}</p>
      ) : (
        <DrawForm
          options={data.options}
          onDraw={() => setTold('')}
          onDrawn={({ items }) => {
            setTold(t('review.draw.done', { n: items.length }));
            reload();
          }}
        />
      )}
      <Told>{told}</Told>
      <SampleList samples={data.samples} onOpen={(sample, item) => setOpened({ sample, item })} />
    </>
  );
}

const trainsIn = ({ services }: ReviewOptions, { service }: Sample) => services.some(({ id, trains }) => trains && id === service.id);
