import type { ReactNode } from 'react';
import { Link } from 'react-router';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { Card, Tag } from '../../ui/states';
import type { Detail } from './detail';
import styles from './finding.module.css';

const t = textsOf(zh);

/** Findings that this one belongs with; each keeps its number and its closure. */
export const Relations = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => {
  const { parentId, relapseOf, children, lookBacks, ended } = finding;
  const relapses = lookBacks.flatMap(({ relapseId }) => relapseId ?? []);
  const linked = ended?.to ?? null;
  const links: readonly (readonly [string, string])[] = [
    ...(parentId === null ? [] : [[parentId, t('parent')] as const]),
    ...(relapseOf === null ? [] : [[relapseOf, t('relapseOf')] as const]),
    ...relapses.map((id) => [id, t('relapsedInto')] as const),
    ...(linked === null ? [] : [[linked, t('linkedInto')] as const]),
  ];
  if (links.length === 0 && children.length === 0) return null;
  return (
    <Card title={t('relations')}>
      <ul className={styles['plainList']}>
        {links.map(([id, label]) => (
          <li key={id}>
            <Link to={`/findings/${id}`}>{label}</Link>
          </li>
        ))}
        {children.map((child) => (
          <li key={child.findingId}>
            <Link to={`/findings/${child.findingId}`}>{t('childOf', { town: child.town.name, number: child.number })}</Link>{' '}
            <Tag tone={child.passed ? 'green' : 'amber'}>{child.passed ? t('toldPassed') : t('childOpen')}</Tag>
          </li>
        ))}
      </ul>
    </Card>
  );
};
