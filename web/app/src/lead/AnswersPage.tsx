import { useCallback, useState } from 'react';
import { call } from '../api/client';
import type { Answer, Answers, AnswerWrite } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { Told } from '../look/Told';
import { useSetting } from '../settings/useSetting';
import { StaffFrame } from '../staff/StaffFrame';
import { useText } from '../text/TextProvider';
import { AnswerForm } from './AnswerForm';
import { AnswerHistory } from './AnswerHistory';
import { AnswerList } from './AnswerList';
import { draftOf, emptyAnswer } from './answers';

/** The authority's ready answers: what advisers are offered, and every version of it. */
export default function AnswersPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/lead/answers" title={t('staff.areas.answers')}>
      <Loaded />
    </StaffFrame>
  );
}

type Step = { is: 'list' | 'new' } | { is: 'edit' | 'history'; answer: Answer };

function Loaded() {
  const { t, lang } = useText();
  const load = useCallback(() => call('get', '/api/lead/answers', { query: { lang } }), [lang]);
  const { data, problem, reload } = useLoad(load);
  const [step, setStep] = useState<Step>({ is: 'list' });
  const [told, setTold] = useState('');
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;

  const back = (say = '') => {
    setTold(say);
    setStep({ is: 'list' });
    reload();
  };
  const savedAs = ({ name, version: n }: Answer) => back(t('lead.answers.saved', { name, n }));
  const add = async (body: AnswerWrite) => savedAs(await call('post', '/api/lead/answers', { body }));
  const archive = async ({ id, name }: Answer, archived: boolean) => {
    await call('put', '/api/lead/answers/{answer}/archive', { at: { answer: id }, body: { archived } });
    back(t(archived ? 'lead.answers.archived' : 'lead.answers.restored', { name }));
  };

  const body = () => {
    switch (step.is) {
      case 'new':
        return <AnswerForm title={t('lead.answers.titleNew')} start={emptyAnswer(data.led, data.all)} data={data} onSave={add} onCancel={() => back()} />;
      case 'edit':
        return <Edit answer={step.answer} data={data} onSaved={savedAs} onCancel={() => back()} />;
      case 'history':
        return <AnswerHistory answer={step.answer} data={data} onReverted={savedAs} onBack={() => back()} />;
      default:
        return <AnswerList data={data} returned={told !== ''} onAdd={() => setStep({ is: 'new' })} onEdit={(answer) => setStep({ is: 'edit', answer })} onHistory={(answer) => setStep({ is: 'history', answer })} onArchive={archive} />;
    }
  };
  return (
    <>
      <Told>{step.is === 'list' && told}</Told>
      {body()}
    </>
  );
}

interface EditProps {
  answer: Answer;
  data: Answers;
  onSaved: (answer: Answer) => void;
  onCancel: () => void;
}

/** Changes an answer; of two who do so at once the second sees what the first has changed. */
function Edit({ answer, data, onSaved, onCancel }: EditProps) {
  const { t } = useText();
  const { id, name, version } = answer;
  const setting = useSetting({ kind: 'answer', id, part: 'content' }, version);
  const save = async (content: AnswerWrite) => onSaved(await call('put', '/api/lead/answers/{answer}', { at: { answer: id }, body: { base: setting.base, content } }));
  return <AnswerForm title={t('lead.answers.titleEdit', { name })} start={draftOf(answer)} data={data} setting={setting} onSave={save} onCancel={onCancel} />;
}
