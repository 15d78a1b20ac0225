import { useRef } from 'react';
import { Button } from 'suomifi-ui-components';
import { Failure } from '../look/Failure';
import { useScrolls } from '../look/useScrolls';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { PrintoutsDue } from '../print/Due';
import { addressOf } from '../staff/go';
import { useDesk } from './DeskContext';
import { Handovers } from './Handovers';
import { Mine } from './Mine';
import { OfferCard } from './OfferCard';
import { PresenceChoice } from './PresenceChoice';
import { Queues } from './Queues';
import { spelled } from './shortcuts';
import type { Next } from './useNext';

interface Props {
  next: Next;
  onSelect: (contact: string) => void;
  /** A contact that a colleague asked about is in hand now. */
  onTaken: () => void;
  onSearch: () => void;
  onHelp: () => void;
  onNotify: () => void;
}

/** What is mine and who waits. */
export function LeftColumn({ next, onSelect, onTaken, onSearch, onHelp, onNotify }: Props) {
  const { t } = useText();
  const { options } = useDesk();
  const prints = options.services.some((each) => each.prints);
  const body = useRef<HTMLDivElement>(null);
  const scrolls = useScrolls(body, 'Height');
  return (
    <div className={css.left}>
      <div className={css.leftHead}>
        <PresenceChoice />
        <OfferCard next={next} />
        <Button fullWidth onClick={() => void next.take()} aria-keyshortcuts={spelled('next')}>
          {t('desk.takeNext')}
        </Button>
        <Failure problem={next.act.problem} />
        {prints && <PrintoutsDue />}
      </div>
      <div ref={body} className={css.leftBody} {...(scrolls ? { tabIndex: 0, role: 'region', 'aria-label': `${t('desk.mine.title')}, ${t('desk.queues.title')}` } : {})}>
        <Handovers onTaken={onTaken} />
        <Mine onSelect={onSelect} />
        <Queues next={next} />
      </div>
      <div className={css.leftFoot}>
        <button type="button" className={css.link} onClick={onSearch} aria-keyshortcuts={spelled('search')}>
          {t('desk.search.title')}
        </button>
        {prints && (
          <a className={css.link} href={addressOf('/desk/printouts')}>
            {t('staff.areas.printouts')}
          </a>
        )}
        <button type="button" className={css.link} onClick={onNotify}>
          {t('desk.notify.title')}
        </button>
        <button type="button" className={css.link} onClick={onHelp}>
          {t('desk.help.open')}
        </button>
      </div>
    </div>
  );
}
