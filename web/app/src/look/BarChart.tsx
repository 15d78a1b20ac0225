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

const ROW = 28;
const NAME = 190;
const WIDTH = 560;
const TOLD = 110;

/** Horizontal bars with their names and numbers. What is at least so much ends in a dashed edge, not in another colour. */
export function BarChart({ label, bars }: Props) {
  const most = Math.max(1, ...bars.map(({ n }) => n));
  const room = WIDTH - NAME - TOLD;
  return (
    <svg className={css.chart} role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${bars.length * ROW}`}>
      {bars.map(({ id, label: name, told, n, atLeast }, i) => {
        const long = Math.max(n > 0 ? 2 : 0, (n / most) * room);
        const y = i * ROW;
        return (
          <g key={id}>
            <text x={NAME - 8} y={y + 18} textAnchor="end">
              {short(name)}
            </text>
            <rect x={NAME} y={y + 5} width={long} height={ROW - 10} />
            {atLeast && <line x1={NAME + long} x2={NAME + long} y1={y + 3} y2={y + ROW - 3} />}
            <text x={NAME + long + 8} y={y + 18}>
              {told}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** As much of a name as there is room for; the table has it whole. */
const short = (name: string) => (name.length > 26 ? `${name.slice(0, 25)}…` : name);
