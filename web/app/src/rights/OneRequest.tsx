import { type ReactNode, useState } from 'react';
import type { RightsRequest } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { BackLink } from '../look/BackLink';
import { FocusedHeading } from '../look/Focused';
import { Pending } from '../look/Pending';
import { Told } from '../look/Told';
import { useText } from '../text/TextProvider';

interface Props<T> {
  load: () => Promise<T>;
  onBack: () => void;
  /** What can be done with it; `done` tells the outcome and fetches the request anew. */
  children: (data: T, done: (say: string) => void) => ReactNode;
}

/** One request opened from a list: the way back, whose data it asks for, and what came of the last act. */
export function OneRequest<T extends { request: RightsRequest }>({ load, onBack, children }: Props<T>) {
  const { t } = useText();
  const { data, problem, reload } = useLoad(load);
  const [told, setTold] = useState('');
  if (!data) return <Pending problem={problem} reload={reload} />;
  const done = (say: string) => {
    setTold(say);
    reload();
  };
  return (
    <>
      <BackLink onBack={onBack}>{t('rights.back')}</BackLink>
      <FocusedHeading>{t('rights.view.title', { register: data.request.register_name })}</FocusedHeading>
      <Told>{told}</Told>
      {children(data, done)}
    </>
  );
}
