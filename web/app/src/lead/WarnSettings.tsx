import type { Notify } from '../desk/notify';
import { NotifyChoices } from '../desk/NotifyChoices';
import { useText } from '../text/TextProvider';

/** How one is told of warnings; the same choice as the desk's. */
export function WarnSettings({ chosen }: { chosen: Notify }) {
  const { t } = useText();
  return (
    <details>
      <summary>{t('lead.warn.open')}</summary>
      <NotifyChoices notify={chosen} sound={t('lead.warn.sound')} desktop={t('lead.warn.desktop')} />
    </details>
  );
}
