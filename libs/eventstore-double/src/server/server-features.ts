import { ServerFeaturesService, type IServerFeaturesServer } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';

export const SERVER_FEATURES_DEFINITION = ServerFeaturesService;

/** The protocol of this version is spoken, a part of it. */
const SERVER_VERSION = '24.6.0';

/** Names as servers say them: all lower case. Clients leave alone what is not listed here. */
const METHODS: readonly Readonly<{ service: string; method: string; features?: readonly string[] }>[] = [
  { service: 'event_store.client.streams.streams', method: 'read', features: ['position', 'events'] },
  { service: 'event_store.client.streams.streams', method: 'append' },
  { service: 'event_store.client.streams.streams', method: 'batchappend', features: ['deadline_duration'] },
  { service: 'event_store.client.streams.streams', method: 'delete' },
  { service: 'event_store.client.streams.streams', method: 'tombstone' },
  { service: 'event_store.client.gossip.gossip', method: 'read' },
  { service: 'event_store.client.server_features.serverfeatures', method: 'getsupportedmethods' },
];

const supported = (): SupportedMethods => {
  const answer = new SupportedMethods();
  answer.setEventStoreServerVersion(SERVER_VERSION);
  for (const { service, method, features = [] } of METHODS) {
    const one = new SupportedMethod();
    one.setServiceName(service);
    one.setMethodName(method);
    one.setFeaturesList([...features]);
    answer.addMethods(one);
  }
  return answer;
};

export const serverFeaturesService = (): IServerFeaturesServer => ({
  getSupportedMethods: (_, callback) => callback(null, supported()),
});
