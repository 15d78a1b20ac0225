import { LIMIT, lengthOf, NEAR_LIMIT } from '../live/limit';
import { useText } from '../text/TextProvider';

/** How many characters are left, near the end only; read out at each full hundred. */
export function Counter({ text }: { text: string }) {
  const { t, number } = useText();
  const left = LIMIT - lengthOf(text);
  if (left > NEAR_LIMIT) return <p aria-live="polite" />;
  const say = (n: number) => (n >= 0 ? t('shared.left', { n: number(n) }) : t('shared.over', { n: number(-n) }));
  return (
    <>
      <p>{say(left)}</p>
      <p aria-live="polite" className="unseen">
        {say(left >= 0 ? Math.ceil(left / 100) * 100 : Math.floor(left / 100) * 100)}
      </p>
    </>
  );
}
