import { randomUUID } from 'node:crypto';
import { GossipService, type IGossipServer } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { UUID } from '@eventstore/db-client/generated/shared_pb';

export const GOSSIP_DEFINITION = GossipService;

export type Address = Readonly<{ host: string; port: number }>;

/** What a client named in `:authority`; null when it is not a host with a port. */
export const addressIn = (authority: string): Address | null => {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(authority) ?? [];
  const host = bracketed ?? plain;
  return host === undefined ? null : { host, port: Number(port) };
};

const TICKS_PER_MS = 10_000n;

const clusterOfOne = (instance: string, { host, port }: Address, nowMs: number): ClusterInfo => {
  const endPoint = new EndPoint();
  endPoint.setAddress(host.includes(':') ? `[${host}]` : host);
  endPoint.setPort(port);
  const id = new UUID();
  id.setString(instance);
  const member = new MemberInfo();
  member.setInstanceId(id);
  member.setTimeStamp((BigInt(Math.trunc(nowMs)) * TICKS_PER_MS).toString());
  member.setState(MemberInfo.VNodeState.LEADER);
  member.setIsAlive(true);
  member.setHttpEndPoint(endPoint);
  const cluster = new ClusterInfo();
  cluster.addMembers(member);
  return cluster;
};

/**
 * A cluster of one that leads. Its address is the one that the client asked at: that one it can reach,
 * and the certificate was made for it, also where something stands between.
 */
export const gossipService = (own: () => Address, now: () => number): IGossipServer => {
  const instance = randomUUID();
  return {
    read: (call, callback) => callback(null, clusterOfOne(instance, addressIn(call.getHost()) ?? own(), now())),
  };
};
