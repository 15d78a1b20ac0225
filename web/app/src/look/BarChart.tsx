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
  /** What the picture shows, for whoever does not see it; the numbers are in the table behind it. */
  label: string;
  bars: readonly Bar[];
}

const ROW = 46;
const WIDTH = 360;
const TOLD = 110;

/**
 * Horizontal bars, each under its name and before its number, so that a narrow page shows them as large as a
 * wide one. What is at least so much ends in a dashed edge, not in another colour.
 */
export function BarChart({ label, bars }: Props) {
  const most = Math.max(1, ...bars.map(({ n }) => n));
  const room = WIDTH - TOLD;
  return (
    <svg className={css.chart} role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${bars.length * ROW}`}>
      {bars.map(({ id, label: name, told, n, atLeast }, i) => {
        const long = Math.max(n > 0 ? 2 : 0, (n / most) * room);
        const y = i * ROW;
        return (
          <g key={id}>
            <text x={0} y={y + 15}>
              {short(name)}
            </text>
            <rect x={0} y={y + 20} width={long} height={18} />
            {atLeast && <line x1={long} x2={long} y1={y + 18} y2={y + 40} />}
            <text x={long + 8} y={y + 34}>
              {told}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** As much of a name as there is room for; the table has it whole. */
const short = (name: string) => (name.length > 44 ? `${name.slice(0, 43)}…` : name);
