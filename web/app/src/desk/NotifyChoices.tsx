import { useState } from 'react';
import { Checkbox } from 'suomifi-ui-components';
import { chime } from '../live/chime';
import { useText } from '../text/TextProvider';
import { canNotify, type Notify } from './notify';

interface Props {
  notify: Notify;
  /** What one is told of by a sound, and by the desktop. */
  sound: string;
  desktop: string;
}

/** How one is told of what happens; kept in this browser. A sound is heard when it is chosen. */
export function NotifyChoices({ notify: { choices, choose }, sound, desktop }: Props) {
  const { t } = useText();
  const [denied, setDenied] = useState(() => canNotify() && Notification.permission === 'denied');
  const onSound = (on: boolean) => {
    choose({ sound: on });
    if (on) void chime();
  };
  const onDesktop = async (on: boolean) => {
    const granted = on && (await Notification.requestPermission()) === 'granted';
    setDenied(on && !granted);
    choose({ desktop: granted });
  };
  return (
    <>
      <Checkbox checked={choices.sound} onClick={({ checkboxState }) => onSound(checkboxState)}>
        {sound}
      </Checkbox>
      {canNotify() && (
        <Checkbox checked={choices.desktop && !denied} onClick={({ checkboxState }) => void onDesktop(checkboxState)}>
          {desktop}
        </Checkbox>
      )}
      <p role="status">{denied && t('desk.notify.denied')}</p>
    </>
  );
}
