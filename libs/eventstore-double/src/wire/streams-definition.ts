import { StreamsService, type IStreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';

/** What `server.addService` gets: the Streams of the client package. */
export const STREAMS_DEFINITION: IStreamsService = StreamsService;
