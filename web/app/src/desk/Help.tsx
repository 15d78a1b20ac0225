import { Checkbox } from 'suomifi-ui-components';
import { useText } from '../text/TextProvider';
import { Aside } from './Aside';
import css from './desk.module.css';
import { shortcutNames, spelled } from './shortcuts';

interface Props {
  questionMark: boolean;
  onQuestionMark: (on: boolean) => void;
  onClose: () => void;
}

/** The keys. */
export function Help({ questionMark, onQuestionMark, onClose }: Props) {
  const { t } = useText();
  return (
    <Aside title={t('desk.help.title')} close={t('desk.help.close')} onClose={onClose}>
      <dl className={css.keys}>
        {shortcutNames.map((name) => (
          <div key={name}>
            <dt>
              <kbd>{spelled(name)}</kbd>
            </dt>
            <dd>{t(`desk.help.keys.${name}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>?</kbd>
          </dt>
          <dd>{t('desk.help.keys.help')}</dd>
        </div>
      </dl>
      <p>{t('desk.help.lists')}</p>
      <Checkbox checked={questionMark} onClick={({ checkboxState }) => onQuestionMark(checkboxState)}>
        {t('desk.help.single')}
      </Checkbox>
    </Aside>
  );
}
