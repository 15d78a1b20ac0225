import type { LeadService } from '../api/shapes';
import page from '../look/page.module.css';
import { isLang } from '../text/lookup';
import { useText } from '../text/TextProvider';

/** In words: who gives out contacts, and when the lead is warned. */
export function RoutingNow({ service: { languages, routing } }: { service: LeadService }) {
  const { t, span, number } = useText();
  const { push, offer_s: offer, widen_s: widen, warn_waiting: waiting, warn_wait_s: wait, warn_nobody: nobody } = routing;
  const langs = push.map((lang) => (isLang(lang) ? t(`shared.languages.${lang}`) : lang)).join(', ');
  const warns = [
    waiting > 0 && t('lead.routing.warnWaiting', { n: number(waiting) }),
    wait > 0 && t('lead.routing.warnWait', { span: span(wait) }),
    nobody && t('lead.routing.warnNobody'),
  ].filter((each) => each !== false);
  return (
    <>
      {push.length === 0 && <p>{t('lead.routing.pull')}</p>}
      {push.length > 0 && (
        <>
          <p>{push.length === languages.length ? t('lead.routing.pushAll') : t('lead.routing.push', { langs })}</p>
          <p>{t('lead.routing.offer', { span: span(offer) })}</p>
          <p>{widen > 0 ? t('lead.routing.widen', { span: span(widen) }) : t('lead.routing.widenNever')}</p>
        </>
      )}
      {warns.length === 0 && <p>{t('lead.routing.warnNone')}</p>}
      {warns.length > 0 && (
        <>
          <p>{t('lead.routing.warns')}</p>
          <ul className={page.plainList}>
            {warns.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
