import { addressees } from './instruction';

const unit = (id: string) => ({ id, name: id });

describe('An instruction 批示', () => {
  it('goes to the units that act, and may go to those that guide or whose turn it is', () => {
    const legs = [
      { unit: unit('town'), duty: 'acts' as const },
      { unit: unit('bureau'), duty: 'guides' as const },
    ];
    expect(addressees({ legs, turns: [{ unit: unit('town') }, { unit: unit('office') }] })).toStrictEqual([
      { ...unit('town'), chosen: true },
      { ...unit('bureau'), chosen: false },
      { ...unit('office'), chosen: false },
    ]);
  });
  it('goes to the office before the transfer', () => {
    expect(addressees({ legs: [], turns: [{ unit: unit('office') }] })).toStrictEqual([{ ...unit('office'), chosen: true }]);
  });
});
