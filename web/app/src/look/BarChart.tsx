import css from './chart.module.css';

export interface Bar {
  id: string;
  label: string;
  /** What stands beside the bar: the number as it is written, or why there is none. */
  told: string;
  n: number;
  /** The bar may be longer than it is drawn. */
  atLeast: boolean;
}

interface Props {
  /** What the picture shows; the numbers are in the table behind it, too. */
  label: string;
  bars: readonly Bar[];
}

const WIDTH = 250;
const HEIGHT = 18;

/**
 * Horizontal bars, each under its name and before its number, which are text, so that a narrow page shows them as
 * large as a wide one. What is at least so much ends in a dashed edge, not in another colour.
 */
export function BarChart({ label, bars }: Props) {
  const most = Math.max(1, ...bars.map(({ n }) => n));
  return (
    <ul className={css.chart} aria-label={label}>
      {bars.map(({ id, label: name, told, n, atLeast }) => (
        <li key={id}>
          <span>{name}</span>
          <span className={css.line}>
            <Drawn long={Math.max(n > 0 ? 2 : 0, (n / most) * WIDTH)} atLeast={atLeast} />
            <b>{told}</b>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A bar as long as its share of the longest. */
function Drawn({ long, atLeast }: { long: number; atLeast: boolean }) {
  return (
    <svg aria-hidden="true" width={long + 2} height={HEIGHT} viewBox={`0 0 ${long + 2} ${HEIGHT}`}>
      <rect width={long} height={HEIGHT} />
      {atLeast && <line x1={long} x2={long} y1={0} y2={HEIGHT} />}
    </svg>
  );
}
