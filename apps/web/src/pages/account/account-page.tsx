import type { ReactNode } from 'react';
import zh from '../../i18n/zh/account.json';
import { textsOf } from '../../i18n/texts';
import { useSession } from '../../app/session';
import { Page } from '../../ui/page';
import { Card, Facts, Notice } from '../../ui/states';
import { PasswordForm } from './password-form';

const t = textsOf(zh);

export default function AccountPage(): ReactNode {
  const { who } = useSession();
  const posts = who.posts.map(({ id, title, unit, inPlaceOf }) => (
    <div key={id}>
      {inPlaceOf === null ? t('post', { unit: unit.name, title }) : t('postSubstitute', { unit: unit.name, title, name: inPlaceOf.name })}
    </div>
  ));
  return (
    <Page title={t('title')}>
      {who.account.mustChangePassword && <Notice tone="amber">{t('mustChange')}</Notice>}
      <Card>
        <Facts
          of={[
            [t('person'), who.person.name],
            [t('login'), who.account.login],
            [t('posts'), posts.length === 0 ? null : posts],
          ]}
        />
      </Card>
      <Card title={t('passwordTitle')}>
        <PasswordForm />
      </Card>
    </Page>
  );
}
