import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { MadePrintout } from '../api/shapes';
import { boot } from '../boot';
import css from '../desk/desk.module.css';
import { FocusedHeading } from '../look/Focused';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';

/** The printout has its number; its page opens in a tab of its own, once, by a button that no browser holds back. */
export function PaperStep({ made, onClose }: { made: MadePrintout; onClose: () => void }) {
  const { t, lang } = useText();
  const [opened, setOpened] = useState(false);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves from every button inside
    <form className={css.panel} aria-labelledby="paper-title" method="post" target="_blank" action={`${boot().base}/printouts/${made.id}?lang=${lang}`}
      onSubmit={() => setTimeout(() => setOpened(true))} onKeyDown={({ key }) => key === 'Escape' && onClose()}>
      <FocusedHeading level={2} id="paper-title">
        {t('desk.print.ready', { n: made.number })}
      </FocusedHeading>
      <p>{t('desk.print.readyText', { day: formatDay(lang, made.destroy_by) })}</p>
      <p role="status">{opened && t('desk.print.opened')}</p>
      <div className={css.actions}>
        {!opened && (
          <Button type="submit">
            {t('desk.print.open')} {t('shared.newTab')}
          </Button>
        )}
        <Button type="button" variant="secondary" onClick={onClose}>
          {t('desk.print.leave')}
        </Button>
      </div>
    </form>
  );
}
