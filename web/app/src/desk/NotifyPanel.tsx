import { useText } from '../text/TextProvider';
import { Aside } from './Aside';
import css from './desk.module.css';
import type { Notify } from './notify';
import { NotifyChoices } from './NotifyChoices';

interface Props {
  notify: Notify;
  onClose: () => void;
}

/** How one is told of messages. */
export function NotifyPanel({ notify, onClose }: Props) {
  const { t } = useText();
  return (
    <Aside title={t('desk.notify.title')} close={t('desk.notify.close')} onClose={onClose}>
      <NotifyChoices notify={notify} sound={t('desk.notify.sound')} desktop={t('desk.notify.desktop')} />
      <p className={css.muted}>{t('desk.notify.hint')}</p>
    </Aside>
  );
}
