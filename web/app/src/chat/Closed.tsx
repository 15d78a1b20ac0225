import { Button, InlineAlert } from 'suomifi-ui-components';
import type { ChatService } from '../api/shapes';
import { boot } from '../boot';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';

/** Outside service hours: when it opens, and what the authority says about it. */
export function Closed({ service, onCheck }: { service: ChatService; onCheck: () => void }) {
  const { t, lang, dayAndTime } = useText();
  return (
    <div className={css.stack}>
      <h1>{service.name}</h1>
      <InlineAlert labelText={t('chat.closed.title')}>
        {service.opens_at ? t('chat.closed.opens', { when: dayAndTime(service.opens_at) }) : t('chat.closed.unknown')}
      </InlineAlert>
      {service.closed_message && <p className={css.said}>{service.closed_message}</p>}
      <p>{service.description}</p>
      <div className={css.row}>
        <Button variant="secondary" onClick={onCheck}>
          {t('chat.closed.check')}
        </Button>
        <a href={`${boot().base}/?lang=${lang}`}>{t('chat.closed.others')}</a>
      </div>
    </div>
  );
}
