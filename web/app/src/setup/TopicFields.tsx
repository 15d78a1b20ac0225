import { Button } from 'suomifi-ui-components';
import { noTexts } from '../lead/threeTexts';
import { ThreeTextFields } from '../lead/ThreeTextFields';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { LANGS } from '../text/lookup';
import { useText } from '../text/TextProvider';
import type { FieldsProps } from './Fields';

const MOST = 30;

/** What a citizen may say that the matter is about. */
export function TopicFields({ draft: { topics }, dispatch, fault }: FieldsProps) {
  const { t } = useText();
  const add = () => {
    dispatch({ do: 'topic', at: topics.length, text: noTexts });
    setTimeout(() => document.getElementsByName(`topics.${topics.length}.fi`)[0]?.focus());
  };
  return (
    <>
      {topics.length === 0 && <p className={css.muted}>{t('setup.topics.none')}</p>}
      {topics.map((topic, i) => (
        <div key={i} className={page.form}>
          <ThreeTextFields
            label={t('setup.topics.one', { n: i + 1 })}
            name={`topics.${i}`}
            maxLength={120}
            value={topic}
            onChange={(text) => dispatch({ do: 'topic', at: i, text })}
            faults={Object.fromEntries(LANGS.map((lang) => [lang, fault(`topics.${i}.${lang}`)]))}
          />
          <button type="button" className={page.act} aria-label={t('setup.topics.remove', { n: i + 1 })} onClick={() => dispatch({ do: 'topic', at: i, text: null })}>
            {t('staff.remove')}
          </button>
        </div>
      ))}
      {topics.length < MOST && (
        <Button type="button" variant="secondary" onClick={add}>
          {t('setup.topics.add')}
        </Button>
      )}
    </>
  );
}
