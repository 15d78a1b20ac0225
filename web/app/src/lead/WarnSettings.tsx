import { useState } from 'react';
import { Checkbox } from 'suomifi-ui-components';
import { canNotify, type Notify } from '../desk/notify';
import { chime } from '../live/chime';
import { useText } from '../text/TextProvider';

/** How one is told of warnings; the same choice as the desk's, kept in this browser. */
export function WarnSettings({ chosen: { choices, choose } }: { chosen: Notify }) {
  const { t } = useText();
  const [denied, setDenied] = useState(() => canNotify() && Notification.permission === 'denied');
  const sound = (on: boolean) => {
    choose({ sound: on });
    if (on) void chime();
  };
  const desktop = async (on: boolean) => {
    const granted = on && (await Notification.requestPermission()) === 'granted';
    setDenied(on && !granted);
    choose({ desktop: granted });
  };
  return (
    <details>
      <summary>{t('lead.warn.open')}</summary>
      <Checkbox checked={choices.sound} onClick={({ checkboxState }) => sound(checkboxState)}>
        {t('lead.warn.sound')}
      </Checkbox>
      {canNotify() && (
        <Checkbox checked={choices.desktop && !denied} onClick={({ checkboxState }) => void desktop(checkboxState)}>
          {t('lead.warn.desktop')}
        </Checkbox>
      )}
      <p role="status">{denied && t('desk.notify.denied')}</p>
    </details>
  );
}
