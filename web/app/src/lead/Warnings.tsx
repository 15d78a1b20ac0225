import { useEffect, useRef, useState } from 'react';
import { InlineAlert } from 'suomifi-ui-components';
import { notify, useChoices } from '../desk/notify';
import page from '../look/page.module.css';
import { useText } from '../text/TextProvider';
import { useLead } from './LeadContext';
import { keyOf, type Warning, warningsOf } from './warnings';
import { WarnSettings } from './WarnSettings';

/** The limits that are exceeded: in sight while they are, read out once each, in the tab's title, and heard if chosen. */
export function Warnings({ onCount }: { onCount: (n: number) => void }) {
  const { t, number, span } = useText();
  const { overview, now } = useLead();
  const chosen = useChoices();
  const warnings = warningsOf(overview, now - overview.generated_at);
  const word = ({ kind, name, n, limit }: Warning) =>
    kind === 'wait'
      ? t('lead.warn.wait', { service: name, span: span(n), limit: span(limit) })
      : t(`lead.warn.${kind}`, { service: name, n: number(n), limit: number(limit) });
  const said = useSaid(warnings, word, (fresh) => notify(chosen.choices, t('lead.warn.notify'), fresh.name));
  useEffect(() => onCount(warnings.length), [onCount, warnings.length]);
  return (
    <>
      <p role="alert" className="unseen">
        {said}
      </p>
      {warnings.length > 0 && (
        <InlineAlert status="warning" labelText={t('lead.warn.title')}>
          <ul className={page.plainList}>
            {warnings.map((each) => (
              <li key={keyOf(each)}>{word(each)}</li>
            ))}
          </ul>
        </InlineAlert>
      )}
      <WarnSettings chosen={chosen} />
    </>
  );
}

/** What is read out: each warning when it rises, and when the last is over. It is not said again as its number grows. */
function useSaid(warnings: Warning[], word: (warning: Warning) => string, onRise: (warning: Warning) => void): string {
  const { t } = useText();
  const [said, setSaid] = useState('');
  const before = useRef<ReadonlySet<string>>(new Set());
  const keys = warnings.map(keyOf).join(' ');
  const tell = useRef<(() => void) | null>(null);
  useEffect(() => {
    tell.current = () => {
      const fresh = warnings.filter((each) => !before.current.has(keyOf(each)));
      if (fresh[0]) onRise(fresh[0]);
      if (fresh.length > 0) setSaid(fresh.map(word).join(' '));
      else if (warnings.length === 0 && before.current.size > 0) setSaid(t('lead.warn.over'));
      before.current = new Set(warnings.map(keyOf));
    };
  });
  useEffect(() => tell.current?.(), [keys]);
  return said;
}
