import { addDays, localDate, type Actor, type PersonId, type PostId, type Role, type UnitId } from '@app/kernel';
import { calendarFrom, DEFAULT_RULE_BOOK, type NamedDay } from '@app/worktime';
import type { World } from '../domain/finding.commands';

const unit = (id: string): UnitId => id as UnitId;

export const UNITS = {
  county: unit('county'),
  office: unit('office'),
  town: unit('town-north'),
  otherTown: unit('town-south'),
  village: unit('village-east'),
  department: unit('dept-housing'),
  otherDepartment: unit('dept-water'),
  owner: unit('company-build'),
  team: unit('team-one'),
  otherTeam: unit('team-two'),
  independent: unit('inspection-of-government'),
} as const;

const actor = (name: string, unitId: UnitId, ...roles: readonly Role[]): Actor => ({
  personId: name as PersonId,
  unitId,
  postId: `post-${name}` as PostId,
  roles,
  inPlaceOf: null,
  ownUnits: [unitId],
});

export const ACTORS = {
  inspector: actor('inspector', UNITS.team, 'inspector'),
  secondInspector: actor('second-inspector', UNITS.team, 'inspector'),
  teamHead: actor('team-head', UNITS.team, 'team-head', 'inspector'),
  otherTeamHead: actor('other-team-head', UNITS.otherTeam, 'team-head', 'inspector'),
  office: actor('office-one', UNITS.office, 'office'),
  secondOffice: actor('office-two', UNITS.office, 'office'),
  officeHead: actor('office-head', UNITS.office, 'office-head'),
  townClerk: actor('town-clerk', UNITS.town, 'clerk'),
  secondTownClerk: actor('town-clerk-two', UNITS.town, 'clerk'),
  townDeputy: actor('town-deputy', UNITS.town, 'deputy'),
  townHead: actor('town-head', UNITS.town, 'head'),
  otherTownClerk: actor('other-town-clerk', UNITS.otherTown, 'clerk'),
  otherTownDeputy: actor('other-town-deputy', UNITS.otherTown, 'deputy'),
  departmentClerk: actor('department-clerk', UNITS.department, 'clerk'),
  secondDepartmentClerk: actor('department-clerk-two', UNITS.department, 'clerk'),
  departmentDeputy: actor('department-deputy', UNITS.department, 'deputy'),
  departmentHead: actor('department-head', UNITS.department, 'head'),
  otherDepartmentClerk: actor('other-department-clerk', UNITS.otherDepartment, 'clerk'),
  otherDepartmentDeputy: actor('other-department-deputy', UNITS.otherDepartment, 'deputy'),
  leader: actor('leader', UNITS.county, 'leader'),
  verifier: actor('verifier', UNITS.independent, 'independent-verifier'),
  auditor: actor('auditor', UNITS.county, 'auditor'),
} as const satisfies Record<string, Actor>;

const span = (name: string, from: string, to: string): readonly NamedDay[] => {
  const days: NamedDay[] = [];
  for (let day = localDate(from); day <= to; day = addDays(day, 1)) days.push({ day, name });
  return days;
};
const worked = (name: string, ...days: readonly string[]): readonly NamedDay[] => days.map((day) => ({ day: localDate(day), name }));

/** The published calendar of 2020; neighbouring years are provisional. */
export const CALENDAR_2020 = calendarFrom([
  {
    year: 2020,
    version: '1',
    source: 'published',
    holidays: [
      ...span('元旦', '2020-01-01', '2020-01-01'),
      ...span('春节', '2020-01-24', '2020-02-02'),
      ...span('清明', '2020-04-04', '2020-04-06'),
      ...span('劳动节', '2020-05-01', '2020-05-05'),
      ...span('端午', '2020-06-25', '2020-06-27'),
      ...span('国庆节', '2020-10-01', '2020-10-08'),
    ],
    swappedWorkdays: [
      ...worked('春节', '2020-01-19'),
      ...worked('劳动节', '2020-04-26', '2020-05-09'),
      ...worked('端午', '2020-06-28'),
      ...worked('国庆节', '2020-09-27', '2020-10-10'),
    ],
  },
]);

export const aWorld = (over: Partial<World> = {}): World => ({
  calendar: CALENDAR_2020,
  rules: DEFAULT_RULE_BOOK,
  succession: {},
  managingOffice: UNITS.office,
  independentUnits: [UNITS.independent],
  ...over,
});
