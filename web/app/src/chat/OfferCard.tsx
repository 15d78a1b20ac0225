import { Button } from 'suomifi-ui-components';
import { useText } from '../text/TextProvider';
import css from './log.module.css';
import type { Offer } from './offer';

/** Another service, as a line of the conversation: going there is the citizen's own choice. */
export function OfferCard({ offer, lang, onChoose }: { offer: Offer; lang: string | undefined; onChoose: ((offer: Offer) => void) | undefined }) {
  const { t } = useText();
  return (
    <div className={css.offer}>
      <p>
        <b>{t('chat.offer.title')}</b>
      </p>
      <p lang={lang}>{t('chat.offer.where', { service: offer.service, authority: offer.authority })}</p>
      <p>{t('chat.offer.anew')}</p>
      {onChoose && (
        <Button variant="secondary" onClick={() => onChoose(offer)}>
          {t('chat.offer.choose')}
        </Button>
      )}
    </div>
  );
}
