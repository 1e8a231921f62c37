import { useState, type ReactNode } from 'react';
import { write } from '../../api/calls';
import { adminPostsChange, adminPostsCreate, adminPostsHold, adminPostsNameSubstitute } from '../../api/generated/sdk.gen';
import { useSession, type Role } from '../../app/session';
import { wordsOf } from '../../i18n/words';
import { Checkbox, CheckGroup, TextField } from '../../ui/fields';
import { ActDialog } from './act-dialog';
import { usePeople, useUnits, type Post } from './data';
import { periodFault, PeriodFields, PickField } from './fields';
import { ROLES, rolesFault } from './posts';
import { missing, t } from './texts';

type Form = Readonly<{ title: string; roles: readonly Role[]; receives: boolean }>;

const PostFields = ({ form, onChange, isTried }: Readonly<{ form: Form; onChange: (form: Form) => void; isTried: boolean }>): ReactNode => (
  <>
    <TextField
      label={t('postTitle')}
      value={form.title}
      onChange={(title) => onChange({ ...form, title })}
      maxLength={100}
      fault={isTried ? missing(form.title, t('postTitle')) : null}
    />
    <CheckGroup
      label={t('roles')}
      hint={t('rolesHint')}
      options={wordsOf('role', ROLES)}
      value={form.roles}
      onChange={(roles) => onChange({ ...form, roles })}
      fault={rolesFault(form.roles)}
    />
    <Checkbox label={t('receivesHint')} value={form.receives} onChange={(receives) => onChange({ ...form, receives })} />
  </>
);

const faultsOf = ({ title, roles }: Form): readonly (string | null)[] => [missing(title, t('postTitle')), rolesFault(roles)];

/** 设岗. */
export const CreatePostDialog = ({ unitId: given, onClose }: Readonly<{ unitId: string; onClose: () => void }>): ReactNode => {
  const { picks } = useUnits();
  const [unitId, setUnitId] = useState(given);
  const [form, setForm] = useState<Form>({ title: '', roles: [], receives: false });
  const unitFault = missing(unitId, t('unit'));
  const body = { unitId, title: form.title.trim(), roles: [...form.roles], receives: form.receives };
  return (
    <ActDialog
      title={t('postCreate')}
      submit={t('postCreate')}
      faults={[unitFault, ...faultsOf(form)]}
      body={body}
      send={(key) => write((headers) => adminPostsCreate({ body, headers }), { key })}
      done={t('postCreated', { title: form.title })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <PickField label={t('unit')} value={unitId} onChange={setUnitId} options={picks(() => true)} fault={isTried ? unitFault : null} />
          <PostFields form={form} onChange={setForm} isTried={isTried} />
        </>
      )}
    </ActDialog>
  );
};

/** 调整岗位: what its roles open changes with the next request. */
export const ChangePostDialog = ({ post, onClose }: Readonly<{ post: Post; onClose: () => void }>): ReactNode => {
  const [form, setForm] = useState<Form>({
    title: post.title,
    roles: post.roles.filter((role): role is Role => role !== 'system'),
    receives: post.receives,
  });
  const body = { title: form.title.trim(), roles: [...form.roles], receives: form.receives };
  return (
    <ActDialog
      title={t('postChangeOf', { title: post.title })}
      submit={t('postChange')}
      consequence={t('postChangeConsequence')}
      faults={faultsOf(form)}
      body={body}
      send={(key) => write((headers) => adminPostsChange({ path: { postId: post.id }, body, headers }), { key })}
      onClose={onClose}
    >
      {(isTried) => <PostFields form={form} onChange={setForm} isTried={isTried} />}
    </ActDialog>
  );
};

/** 任职, or B 角: a person and the days. */
export const FillDialog = ({
  post,
  as,
  onClose,
}: Readonly<{ post: Post; as: 'holder' | 'substitute'; onClose: () => void }>): ReactNode => {
  const { picks } = usePeople();
  const { today } = useSession().who;
  const [personId, setPersonId] = useState('');
  const [days, setDays] = useState({ from: today, to: '' });
  const personFault = missing(personId, t('person'));
  const body = { personId, from: days.from, to: days.to || null };
  const isHolder = as === 'holder';
  const path = { postId: post.id };
  return (
    <ActDialog
      title={t(isHolder ? 'holdOf' : 'substituteNameOf', { title: post.title })}
      submit={t(isHolder ? 'hold' : 'substituteName')}
      consequence={t(isHolder ? 'holdConsequence' : 'substituteConsequence')}
      faults={[personFault, periodFault(days)]}
      body={body}
      send={(key) => write((headers) => (isHolder ? adminPostsHold : adminPostsNameSubstitute)({ path, body, headers }), { key })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <PickField label={t('person')} value={personId} onChange={setPersonId} options={picks} fault={isTried ? personFault : null} />
          <PeriodFields value={days} onChange={setDays} isTried={isTried} />
        </>
      )}
    </ActDialog>
  );
};
