import type { LeadService } from '../api/shapes';
import { boot } from '../boot';
import { CopyButton } from '../look/CopyButton';
import { useText } from '../text/TextProvider';
import { integrityOf, policyOf, snippetOf } from './snippet';
import css from './snippet.module.css';

/** The code to copy, and what a strict site has to allow. */
export function Snippet({ service }: { service: LeadService }) {
  const { t } = useText();
  const code = snippetOf(location.origin + boot().base, service.id, t('lead.widget.link', { name: service.name }));
  const { integrity } = service.widget;
  return (
    <>
      <h4>{t('lead.widget.snippet')}</h4>
      <p>{t('lead.widget.snippetText')}</p>
      <code className={css.code}>{code}</code>
      <CopyButton text={code} label={t('lead.widget.copy')} />
      <p>{t('lead.widget.csp')}</p>
      <code className={css.code}>{policyOf(location.origin)}</code>
      {integrity && (
        <>
          <p>{t('lead.widget.sri')}</p>
          <code className={css.code}>{integrityOf(integrity)}</code>
        </>
      )}
    </>
  );
}
