import { useEffect, useRef, useState } from 'react';
import { Button, Checkbox } from 'suomifi-ui-components';
import { chime } from '../live/chime';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { canNotify, type Notify } from './notify';

interface Props {
  notify: Notify;
  onClose: () => void;
}

/** How one is told of messages. Takes the place of the details, so that the contact stays in view. */
export function NotifyPanel({ notify: { choices, choose }, onClose }: Props) {
  const { t } = useText();
  const [denied, setDenied] = useState(() => canNotify() && Notification.permission === 'denied');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => (before instanceof HTMLElement ? before.focus() : undefined);
  }, []);
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
    <div className={css.facts}>
      <h2 ref={heading} tabIndex={-1}>
        {t('desk.notify.title')}
      </h2>
      <Checkbox checked={choices.sound} onClick={({ checkboxState }) => sound(checkboxState)}>
        {t('desk.notify.sound')}
      </Checkbox>
      {canNotify() && (
        <Checkbox checked={choices.desktop && !denied} onClick={({ checkboxState }) => void desktop(checkboxState)}>
          {t('desk.notify.desktop')}
        </Checkbox>
      )}
      <p role="status">{denied && t('desk.notify.denied')}</p>
      <p className={css.muted}>{t('desk.notify.hint')}</p>
      <Button variant="secondary" onClick={onClose}>
        {t('desk.notify.close')}
      </Button>
    </div>
  );
}
