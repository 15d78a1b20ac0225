import { useCallback, useEffect } from 'react';
import { InlineAlert } from 'suomifi-ui-components';
import { call } from '../api/client';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { useText } from '../text/TextProvider';
import { Differences } from './Differences';
import css from './settings.module.css';
import type { Setting } from './useSetting';

/** Says what others have changed in a setting since its form was filled, newest first. Saving again replaces that. */
export function Meanwhile({ setting }: { setting: Setting }) {
  const { t, dateTime } = useText();
  const { kind, id, part } = setting.thing;
  // The base as it was when the conflict came: seeing the changes moves it on.
  const load = useCallback(
    () => call('get', '/api/settings/changes', { query: { kind, id, part, after: setting.base } }),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [kind, id, part],
  );
  const { data, problem, reload } = useLoad(load);
  useEffect(() => {
    if (data) setting.seen(data.changes);
    // Once for each answer.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [data]);
  return (
    <div role="alert" className={css.meanwhile}>
      <InlineAlert status="warning" labelText={t('settings.meanwhile.title')}>
        {t('settings.meanwhile.text')}
      </InlineAlert>
      <Failure problem={problem} onRetry={reload} />
      {data?.changes.map((one) => (
        <Differences
          key={one.line}
          caption={t('settings.meanwhile.by', { who: one.by.name || t('settings.nobody'), at: dateTime(one.at) })}
          differences={one.differences}
        />
      ))}
    </div>
  );
}
