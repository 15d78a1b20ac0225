import { SelectField, TextField } from '../look/Field';
import { ROLES, type Role } from '../staff/roles';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { useAdmin } from './AdminContext';
import { type GrantDraft, type GrantFault, needsDevice, ofOneService } from './grants';

interface Props {
  draft: GrantDraft;
  onChange: (part: Partial<Omit<GrantDraft, 'id'>>) => void;
  fault: GrantFault | null;
}

/** One right as a form: the role, in which service, until when. */
export function GrantFields({ draft: { id, role, service, until }, onChange, fault }: Props) {
  const { t } = useText();
  const { services } = useAdmin();
  const hint = role === '' ? undefined : needsDevice(role) ? t('admin.grants.device') : ofOneService(role) ? undefined : t('admin.grants.every');
  return (
    <>
      <SelectField
        label={t('admin.grants.role')}
        name={`grant.${id}.role`}
        value={role}
        options={ROLES.map((each) => ({ id: each, name: t(`staff.roles.${each}`) }))}
        empty={t('staff.choose')}
        hint={hint}
        onChange={(chosen) => onChange({ role: chosen as Role })}
        fault={fault === 'role' ? t('staff.chooseOne') : undefined}
      />
      <div className={css.row}>
        {ofOneService(role) && (
          <SelectField label={t('admin.grants.service')} value={service} options={services} empty={t('staff.allServices')} onChange={(chosen) => onChange({ service: chosen })} />
        )}
        <TextField
          label={t('admin.grants.until')}
          name={`grant.${id}.until`}
          hint={t('admin.grants.untilHint')}
          type="date"
          value={until}
          onChange={(day) => onChange({ until: day })}
          fault={fault === 'until' ? t('admin.add.faults.until') : undefined}
        />
      </div>
    </>
  );
}
