import { type SubmitEvent, useCallback } from 'react';
import { call } from '../api/client';
import type { SettingChange } from '../api/shapes';
import { useAct } from '../api/useAct';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { FormEnd } from '../staff/FormEnd';
import { useText } from '../text/TextProvider';
import { Differences } from './Differences';

interface Props {
  change: SettingChange;
  /** The version that is taken back into use. */
  to: number;
  action: string;
  onRestored: () => void;
  onCancel: () => void;
}

/** Shows what would change now before it is done: others may have changed the setting since. */
export function RestoreStep({ change: { kind, id, part }, to, action, onRestored, onCancel }: Props) {
  const { t } = useText();
  const load = useCallback(() => call('get', '/api/settings/preview', { query: { kind, id, part, to } }), [kind, id, part, to]);
  const { data, problem, reload } = useLoad(load);
  const act = useAct();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!data || data.differences.length === 0) return;
    void act.run(async () => {
      await call('post', '/api/settings/restore', { body: { kind, id, part, to, base: data.base } });
      onRestored();
    });
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape cancels from every field inside
    <form className={page.part} onSubmit={submit} noValidate onKeyDown={({ key }) => key === 'Escape' && onCancel()}>
      <FocusedHeading level={3}>{t('settings.restore.title')}</FocusedHeading>
      <Failure problem={problem} onRetry={reload} />
      {!data && !problem && <p role="status">{t('shared.loading')}</p>}
      {data && (data.differences.length > 0 ? <Differences caption={t('settings.restore.will')} differences={data.differences} /> : <p>{t('settings.restore.same')}</p>)}
      <FormEnd act={act} doIt={action} onCancel={onCancel} />
    </form>
  );
}
