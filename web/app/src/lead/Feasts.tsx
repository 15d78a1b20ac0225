import { Button } from 'suomifi-ui-components';
import type { Holiday, LeadService } from '../api/shapes';
import { useText } from '../text/TextProvider';
import { type Feast, feastsOf } from './holidays';
import { inEveryLanguage } from './threeTexts';

interface Props {
  service: LeadService;
  today: string;
  onAdd: (days: Holiday[]) => Promise<unknown>;
}

/** Adds the public holidays of this year and the next that are still to come and not there yet. */
export function Feasts({ service, today, onAdd }: Props) {
  const { t, number } = useText();
  const year = Number(today.slice(0, 4));
  const lacking = (of: number) => feastsOf(of).filter(({ day }) => day >= today && !service.holidays.some((each) => each.day === day));
  const add = async (feasts: { day: string; feast: Feast }[]) =>
    onAdd(await Promise.all(feasts.map(async ({ day, feast }) => ({ day, name: await inEveryLanguage(`lead.holidays.names.${feast}`) }))));
  return [year, year + 1].map((each) => {
    const feasts = lacking(each);
    if (feasts.length === 0) return null;
    const action = t('lead.holidays.feasts', { year: each, n: number(feasts.length) });
    return (
      <Button key={each} variant="secondary" aria-label={t('lead.holidays.feastsOf', { action, name: service.name })} onClick={() => void add(feasts)}>
        {action}
      </Button>
    );
  });
}
