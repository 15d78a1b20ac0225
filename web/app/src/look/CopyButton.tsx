import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { useText } from '../text/TextProvider';

/** Copies a text and says whether that succeeded. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useText();
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async () => {
    try {
      // There is no clipboard where the page is not encrypted.
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <>
      <Button variant="secondary" onClick={() => void copy()}>
        {label}
      </Button>
      <span role="status">{copied !== null && t(copied ? 'officer.checkpoint.copied' : 'officer.checkpoint.notCopied')}</span>
    </>
  );
}
