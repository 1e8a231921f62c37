import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { inspectionsToday, unitsList, villagePackageTake } from '../../api/generated/sdk.gen';
import type { InspectionToday, TaskPackage } from '../../api/generated/types.gen';
import { useOnline } from '../../app/online';
import { phone, usePhone } from '../../offline/phone';
import { packageOf } from '../../offline/phone-state';
import { scaledDown } from '../../offline/photos';

const PACKAGE_STALE_MS = 10 * 60_000;
const IMAGE_SIDE = 1_280;
const IMAGES_PER_FINDING = 6;

/** The task of today, while there is a network. */
export const useToday = (isWanted = true) =>
  useQuery({
    queryKey: ['findings', 'field-today'],
    queryFn: (): Promise<InspectionToday> => read(inspectionsToday()),
    enabled: isWanted,
  });

/** Where to go without the network: pictures of what is to be verified come along. */
const keepImages = async ({ findings }: TaskPackage): Promise<void> => {
  for (const { findingId, evidence } of findings.filter(({ mayVerify }) => mayVerify)) {
    const pictures = evidence.filter(({ mediaType }) => mediaType.startsWith('image/')).slice(0, IMAGES_PER_FINDING);
    for (const { evidenceId } of pictures) {
      if ((await phone.image(evidenceId)) !== null) continue;
      const answer = await fetch(`/api/findings/${findingId}/evidence/${evidenceId}`);
      if (answer.ok) await phone.keepImage(evidenceId, await (await scaledDown(await answer.blob(), IMAGE_SIDE)).arrayBuffer());
    }
  }
};

/** The package of a village: taken while there is a network, then from the phone. Each taking is logged by the server. */
export const useVillagePackage = (villageId: string | null, isWanted = true) => {
  const state = usePhone();
  const isOnline = useOnline();
  const isReady = state.mode === 'open' || state.mode === 'none' || state.mode === 'insecure' || state.mode === 'foreign';
  const taking = useQuery({
    queryKey: ['field', 'package', villageId, state.mode],
    queryFn: async (): Promise<true> => {
      const taken = await read(villagePackageTake({ path: { unitId: villageId ?? '' } }));
      await phone.takePackage(taken);
      // Pictures are an extra: without them the rest still works.
      if (state.mode === 'open') void keepImages(taken).catch(() => undefined);
      return true;
    },
    enabled: isWanted && isOnline && villageId !== null && isReady,
    staleTime: PACKAGE_STALE_MS,
  });
  return { content: packageOf(state, villageId), taking };
};

export type KnownUnit = Readonly<{ id: string; name: string }>;
/** Towns, or the villages of one; merged and dissolved ones left out. */
export const useUnits = (kind: 'town' | 'village', within: string | null, isWanted = true) =>
  useQuery({
    queryKey: ['units', kind, within],
    queryFn: async (): Promise<readonly KnownUnit[]> => {
      const { units } = await read(unitsList({ query: { kind, ...(within === null ? {} : { within }) } }));
      return units.filter(({ status }) => status === 'active');
    },
    enabled: isWanted && (kind === 'town' || within !== null),
    staleTime: 3_600_000,
  });

/** A picture that lies on the phone, as an address for `<img>`; given back when it is no longer shown. */
export const usePicture = (id: string, load: (id: string) => Promise<ArrayBuffer | null>): string | null => {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isGone = false;
    void load(id).then((bytes) => {
      if (bytes === null || isGone) return;
      made = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }));
      setAddress(made);
    });
    return () => {
      isGone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [id, load]);
  return address;
};
