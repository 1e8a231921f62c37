import zh from '../i18n/zh/nav.json';
import { textsOf } from '../i18n/texts';
import type { Role } from './session';

const t = textsOf(zh);

export type NavItem = Readonly<{ to: string; label: string; roles: readonly Role[] }>;

const UNIT = ['clerk', 'deputy', 'head'] as const;
const OFFICE = ['office', 'office-head'] as const;
const FIELD = ['inspector', 'team-head'] as const;
const PEOPLE = [...UNIT, ...OFFICE, ...FIELD, 'leader', 'independent-verifier', 'auditor'] as const;

/** The main menu in order; everybody sees what their post is for. The first one is where they land. */
const NAV: readonly NavItem[] = [
  { to: '/today', label: t('today'), roles: FIELD },
  { to: '/overview', label: t('overview'), roles: ['leader'] },
  { to: '/inbox', label: t('inbox'), roles: [...UNIT, ...OFFICE, 'independent-verifier', 'leader', 'team-head'] },
  { to: '/file', label: t('file'), roles: [...FIELD, ...OFFICE, ...UNIT] },
  { to: '/triage', label: t('triage'), roles: OFFICE },
  { to: '/reviews', label: t('reviews'), roles: [...OFFICE, 'independent-verifier'] },
  { to: '/selections', label: t('selections'), roles: [...UNIT, ...OFFICE, 'independent-verifier'] },
  { to: '/round-trip', label: t('roundTrip'), roles: UNIT },
  { to: '/findings', label: t('findings'), roles: PEOPLE },
  { to: '/lists', label: t('lists'), roles: [...OFFICE, 'leader', 'auditor', ...UNIT] },
  { to: '/imports', label: t('imports'), roles: OFFICE },
  { to: '/placeholders', label: t('placeholders'), roles: OFFICE },
  { to: '/carry-overs', label: t('carryOvers'), roles: OFFICE },
  { to: '/overview', label: t('overview'), roles: [...OFFICE, 'auditor'] },
  { to: '/escalation', label: t('escalation'), roles: [...OFFICE, ...UNIT, 'leader', 'auditor'] },
  { to: '/clearance', label: t('clearance'), roles: [...OFFICE, ...UNIT, 'leader', 'auditor'] },
  { to: '/notices', label: t('notices'), roles: PEOPLE },
  { to: '/bulletins', label: t('bulletins'), roles: PEOPLE },
  { to: '/supervision', label: t('supervision'), roles: PEOPLE },
  { to: '/upper', label: t('upper'), roles: [...OFFICE, 'leader', 'auditor'] },
  { to: '/mine', label: t('mine'), roles: FIELD },
  { to: '/inspections', label: t('inspections'), roles: [...OFFICE, ...FIELD, 'independent-verifier', 'auditor'] },
  { to: '/admin', label: t('admin'), roles: ['admin'] },
  { to: '/admin/calendar', label: t('calendar'), roles: ['office-head'] },
  { to: '/admin/supervision-rules', label: t('supervisionRules'), roles: ['admin'] },
  { to: '/admin/security-log', label: t('securityLog'), roles: ['auditor'] },
];

export const navFor = (has: (...roles: readonly Role[]) => boolean): readonly NavItem[] =>
  NAV.filter(({ roles }, at) => has(...roles) && !NAV.slice(0, at).some((earlier) => earlier.to === NAV[at]?.to && has(...earlier.roles)));

export const homeFor = (has: (...roles: readonly Role[]) => boolean): string => navFor(has)[0]?.to ?? '/account';
