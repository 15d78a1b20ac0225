import type { LeadService } from '../api/shapes';
import { useText } from '../text/TextProvider';

/** Whether a service is open now, until when or from when, and what citizens are told. */
export function OpenState({ service }: { service: LeadService }) {
  const { t, lang } = useText();
  const sentence = useStateSentence()(service);
  return (
    <>
      <p>
        <strong>{sentence}</strong>
      </p>
      {service.closure.closed && <p>{t('lead.state.message', { text: service.closure.message[lang] })}</p>}
    </>
  );
}

/** "Avoinna klo 16.00 asti": how a service stands now. */
export function useStateSentence(): (service: LeadService) => string {
  const { t, time, dayAndTime } = useText();
  return ({ open, opens_at: opens, closes_at: closes, closure }) => {
    if (closure.closed) return t('lead.state.byHand');
    if (open) return closes ? t('lead.state.openUntil', { time: time(closes) }) : t('lead.state.open');
    return opens ? t('lead.state.opens', { when: dayAndTime(opens) }) : t('lead.state.closed');
  };
}
