import { useCallback, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { HiddenWords, ReviewMarks, Sample } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { BackLink } from '../look/BackLink';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { Told } from '../look/Told';
import css from '../staff/staff.module.css';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';
import { Conversation } from './Conversation';
import { MarkForm } from './MarkForm';
import { TrainForm } from './TrainForm';

interface Props {
  sample: Sample;
  no: number;
  /** The service's notice lets the contact be put forward to training. */
  trains: boolean;
  onBack: () => void;
}

/** One drawn contact: read, marked, and perhaps put forward to training. */
export function ItemStep({ sample, no, trains, onBack }: Props) {
  const { t, lang } = useText();
  const load = useCallback(
    () => call('get', '/api/review/samples/{sample}/items/{item}', { at: { sample: sample.id, item: String(no) }, query: { lang } }),
    [sample.id, no, lang],
  );
  const { data, problem } = useLoad(load);
  const [told, setTold] = useState('');
  const [marked, setMarked] = useState(false);
  const [put, setPut] = useState(false);
  const [training, setTraining] = useState(false);
  const at = { sample: sample.id, item: String(no) };

  const mark = async (body: ReviewMarks) => {
    await call('post', '/api/review/samples/{sample}/items/{item}/marks', { at, body });
    setMarked(true);
    setTold(t('review.mark.done'));
  };
  const train = async (hide: HiddenWords[]) => {
    await call('post', '/api/review/samples/{sample}/items/{item}/training', { at, body: { hide } });
    setPut(true);
    setTraining(false);
    setTold(t('review.train.done'));
  };

  const contact = data && (
    <>
      <p>
        {t('review.contact.purpose', { purpose: data.purpose.name })} {t('review.contact.until', { day: formatDay(lang, data.last_day) })}
      </p>
      <p className={css.hint}>{t('review.contact.limits')}</p>
      <Told>{told}</Told>
      {training ? (
        <TrainForm lines={data.lines} onPut={train} onCancel={() => setTraining(false)} />
      ) : (
        <>
          <Conversation lines={data.lines} />
          {marked || data.state === 'marked' ? <p>{t('review.mark.marked')}</p> : <MarkForm onMark={mark} />}
          {trains && (put || data.training ? <p>{t('review.train.there')}</p> : <Button variant="secondary" onClick={() => setTraining(true)}>{t('review.train.open')}</Button>)}
        </>
      )}
    </>
  );
  return (
    <div className={page.part}>
      <BackLink onBack={onBack}>{t('review.contact.back')}</BackLink>
      <FocusedHeading>{t('review.contact.title', { n: no })}</FocusedHeading>
      {contact ?? (problem ? <Failure problem={problem} /> : <p role="status">{t('shared.loading')}</p>)}
    </div>
  );
}
