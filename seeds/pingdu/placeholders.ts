import { idFrom, localDate, type UnitId } from '@app/kernel';
import type { PlaceholderId, PlaceholderIntent, PlaceholderSource } from '@app/placeholders';
import type { Scenario } from '../kit/scenario';
import { department } from './departments';
import { personOf } from './organisation';
import type { Town } from './places';
import type { Stage } from './stories';

type Told = Readonly<{
  unitId: UnitId;
  source: PlaceholderSource;
  on: string;
  then: Readonly<{ on: string; intent: PlaceholderIntent }> | null;
}>;

/** 线下办理: three findings that are handled outside the system; one is settled, one was registered by mistake. */
export const handledOffline = ({ scenario, timeline }: Stage<Scenario>, towns: readonly Town[]): void => {
  const town = towns[3]?.id ?? department('civil');
  const all: readonly Told[] = [
    { unitId: town, source: 'upper', on: '2020-05-12', then: null },
    {
      unitId: department('audit'),
      source: 'leader',
      on: '2020-05-19',
      then: { on: '2020-06-16', intent: { type: 'SettlePlaceholder', data: { documentNumber: '平督线下〔2020〕2号' } } },
    },
    {
      unitId: department('civil'),
      source: 'inspection',
      on: '2020-06-09',
      then: { on: '2020-06-10', intent: { type: 'WithdrawPlaceholder', data: { ground: 'mistaken', documentNumber: null } } },
    },
  ];
  all.forEach(({ unitId, source, on, then }, i) => {
    const id = idFrom('pingdu', 'placeholder', i) as PlaceholderId;
    const tell = (day: string, intent: PlaceholderIntent): void =>
      timeline.at(localDate(day), '10:20', `placeholder-${String(i)}`, () =>
        scenario.placeholder(id, intent, scenario.actor(personOf('office.one'))),
      );
    tell(on, { type: 'RegisterPlaceholder', data: { unitId, source } });
    if (then !== null) tell(then.on, then.intent);
  });
};
