import { useState, type ReactNode } from 'react';
import { write } from '../../api/calls';
import { adminCategoriesChange, adminCategoriesDefine, adminCategoriesMakeResponsible } from '../../api/generated/sdk.gen';
import { useSession } from '../../app/session';
import { word } from '../../i18n/words';
import { CheckGroup, RadioGroup, TextField } from '../../ui/fields';
import { ActDialog } from './act-dialog';
import { EVIDENCE_KINDS, type EvidenceKind } from './categories';
import { useCategories, useUnits, type Category } from './data';
import { periodFault, PeriodFields, PickField } from './fields';
import { missing, ownWord, t } from './texts';

type Form = Readonly<{ name: string; parent: string; evidenceKinds: readonly EvidenceKind[] }>;

/** A photo is never the only way to prove something (R41). */
const proofFault = (kinds: readonly EvidenceKind[]): string | null => (kinds.some((kind) => kind !== 'photo') ? null : t('proofMissing'));
const faultsOf = ({ name, evidenceKinds }: Form): readonly (string | null)[] => [
  missing(name, t('categoryName')),
  proofFault(evidenceKinds),
];

const CategoryFields = ({
  form,
  onChange,
  isTried,
  own,
}: Readonly<{ form: Form; onChange: (form: Form) => void; isTried: boolean; own: string }>): ReactNode => {
  const { categories } = useCategories();
  const above = categories.filter(({ code, retiredAfter }) => retiredAfter === null && code !== own);
  return (
    <>
      <TextField
        label={t('categoryName')}
        value={form.name}
        onChange={(name) => onChange({ ...form, name })}
        maxLength={100}
        fault={isTried ? missing(form.name, t('categoryName')) : null}
      />
      <PickField
        label={t('categoryParent')}
        value={form.parent}
        onChange={(parent) => onChange({ ...form, parent })}
        options={above.map(({ code, name, initials }) => ({ value: code, label: name, initials }))}
        placeholder={t('noParent')}
      />
      <CheckGroup
        label={t('evidenceKinds')}
        hint={t('evidenceKindsHint')}
        options={EVIDENCE_KINDS.map((value) => ({ value, label: ownWord('evidence-kind', value) }))}
        value={form.evidenceKinds}
        onChange={(evidenceKinds) => onChange({ ...form, evidenceKinds })}
        fault={isTried ? proofFault(form.evidenceKinds) : null}
      />
    </>
  );
};

export const DefineDialog = ({ onClose }: Readonly<{ onClose: () => void }>): ReactNode => {
  const [code, setCode] = useState('');
  const [form, setForm] = useState<Form>({ name: '', parent: '', evidenceKinds: ['photo', 'document'] });
  const codeFault = missing(code, t('code')) ?? (/^[a-z0-9][a-z0-9.-]{0,79}$/.test(code.trim()) ? null : t('codeMalformed'));
  const body = { code: code.trim(), name: form.name.trim(), parent: form.parent || null, evidenceKinds: [...form.evidenceKinds] };
  return (
    <ActDialog
      title={t('define')}
      submit={t('define')}
      faults={[codeFault, ...faultsOf(form)]}
      body={body}
      send={(key) => write((headers) => adminCategoriesDefine({ body, headers }), { key })}
      done={t('defined', { name: form.name })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <TextField
            label={t('code')}
            hint={t('codeHint')}
            value={code}
            onChange={setCode}
            maxLength={80}
            fault={isTried ? codeFault : null}
          />
          <CategoryFields form={form} onChange={setForm} isTried={isTried} own="" />
        </>
      )}
    </ActDialog>
  );
};

type About = Readonly<{ category: Category; onClose: () => void }>;

export const ChangeCategoryDialog = ({ category, onClose }: About): ReactNode => {
  const { code } = category;
  const [form, setForm] = useState<Form>({ name: category.name, parent: category.parent ?? '', evidenceKinds: category.evidenceKinds });
  const body = { name: form.name.trim(), parent: form.parent || null, evidenceKinds: [...form.evidenceKinds] };
  return (
    <ActDialog
      title={t('categoryChangeOf', { name: category.name })}
      submit={t('categoryChange')}
      faults={faultsOf(form)}
      body={body}
      send={(key) => write((headers) => adminCategoriesChange({ path: { code }, body, headers }), { key })}
      onClose={onClose}
    >
      {(isTried) => <CategoryFields form={form} onChange={setForm} isTried={isTried} own={code} />}
    </ActDialog>
  );
};

/** A new dated line of the table; earlier transfers keep the one they were made by (R1). */
export const ResponsibleDialog = ({ category, onClose }: About): ReactNode => {
  const { picks } = useUnits();
  const { today } = useSession().who;
  const [hasUnit, setHasUnit] = useState<'unit' | 'none' | ''>('unit');
  const [unitId, setUnitId] = useState('');
  const [duty, setDuty] = useState<'acts' | 'guides' | ''>('acts');
  const [leads, setLeads] = useState<'territorial' | 'sectoral' | ''>('territorial');
  const [days, setDays] = useState({ from: today, to: '' });
  const isNone = hasUnit === 'none';
  const unitFault = isNone ? null : missing(unitId, t('department'));
  const leadFault = !isNone && duty === 'guides' && leads === 'sectoral' ? t('guideCannotLead') : null;
  const body = {
    unitId: isNone ? null : unitId,
    duty: isNone ? ('acts' as const) : duty || 'acts',
    leads: isNone ? ('territorial' as const) : leads || 'territorial',
    from: days.from,
    to: days.to || null,
  };
  return (
    <ActDialog
      title={t('responsibleOf', { name: category.name })}
      submit={t('responsibleSet')}
      consequence={t('responsibleConsequence')}
      faults={[unitFault, leadFault, periodFault(days)]}
      body={body}
      send={(key) => write((headers) => adminCategoriesMakeResponsible({ path: { code: category.code }, body, headers }), { key })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <RadioGroup
            label={t('responsible')}
            value={hasUnit}
            onChange={setHasUnit}
            options={[
              { value: 'unit', label: t('aDepartment') },
              { value: 'none', label: t('noDepartment') },
            ]}
          />
          {!isNone && (
            <>
              <PickField
                label={t('department')}
                value={unitId}
                onChange={setUnitId}
                options={picks(({ kind }) => kind === 'department' || kind === 'company' || kind === 'office')}
                fault={isTried ? unitFault : null}
              />
              <RadioGroup
                label={t('duty')}
                value={duty}
                onChange={setDuty}
                options={(['acts', 'guides'] as const).map((value) => ({ value, label: word('duty', value) }))}
              />
              <RadioGroup
                label={t('leads')}
                value={leads}
                onChange={setLeads}
                options={(['territorial', 'sectoral'] as const).map((value) => ({ value, label: word('line', value) }))}
                fault={leadFault}
              />
            </>
          )}
          <PeriodFields value={days} onChange={setDays} isTried={isTried} />
        </>
      )}
    </ActDialog>
  );
};
