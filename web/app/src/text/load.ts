import type { Lang } from './lookup';

type Load = () => Promise<{ default: object }>;

/** Who reads the page decides which sections of the texts are loaded. */
export type Audience = 'citizen' | 'staff';

const parts: Record<Audience, Record<Lang, Load>> = {
  citizen: {
    fi: () => import('text:fi/shared+chat'),
    sv: () => import('text:sv/shared+chat'),
    en: () => import('text:en/shared+chat'),
  },
  staff: {
    fi: () => import('text:fi/shared+staff+signin+desk+lead+settings+review+rights+officer+admin+setup'),
    sv: () => import('text:sv/shared+staff+signin+desk+lead+settings+review+rights+officer+admin+setup'),
    en: () => import('text:en/shared+staff+signin+desk+lead+settings+review+rights+officer+admin+setup'),
  },
};

export async function loadTexts(audience: Audience, lang: Lang): Promise<object> {
  return (await parts[audience][lang]()).default;
}
