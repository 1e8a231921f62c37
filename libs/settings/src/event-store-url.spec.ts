import { eventStoreUrl, UnusableUrl } from './event-store-url';

const refusalOf = (text: string): string => {
  try {
    eventStoreUrl(text);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof UnusableUrl)) throw error;
    return error.en;
  }
};
const file = encodeURIComponent(__filename);

describe('The address of an EventStoreDB', () => {
  it.each([
    ['esdb://localhost:2113?tls=false', 'esdb://localhost:2113?tls=false'],
    ['esdb://admin:changeit@node1.example', 'esdb://admin:changeit@node1.example'],
    ['esdb://a:p%40ss%3A@n1:2113,n2:2114,n3/?tls=true', 'esdb://a:p%40ss%3A@n1:2113,n2:2114,n3?tls=true'],
    ['esdb+discover://admin:changeit@cluster.example:2113', 'esdb+discover://admin:changeit@cluster.example:2113'],
    ['kurrentdb://10.0.0.1:2113', 'esdb://10.0.0.1:2113'],
    ['kurrentdb+discover://cluster.example', 'esdb+discover://cluster.example'],
    [`esdb://a?tlsCaFile=${file}&keepAliveInterval=5000`, `esdb://a?tlsCaFile=${file}&keepAliveInterval=5000`],
    [`esdb://a?userCertFile=${file}&userKeyFile=${file}`, `esdb://a?userCertFile=${file}&userKeyFile=${file}`],
  ])('%s is taken, in the spelling of the client', (given, taken) => {
    expect(eventStoreUrl(given).url).toBe(taken);
  });

  it('asks each of several nodes, also where only one name would be discovered', () => {
    expect(eventStoreUrl('esdb+discover://n1,n2').url).toBe('esdb://n1,n2');
  });

  it.each([
    ['http://localhost:2113', /^expected an address like/],
    ['esdb://', /^expected an address like/],
    ['esdb://host:port', /^expected an address like/],
    ['esdb://host:70000', /^expected an address like/],
    ['esdb://host:2113:2114', /^expected an address like/],
    ['esdb://a,,b', /^expected an address like/],
    ['esdb://host/database', /^expected an address like/],
    ['esdb://host?tls', /^expected an address like/],
    ['esdb://ad:pa%zz@host', /^expected an address like/],
    ['esdb://geheim@host', /^must name user and password as user:password/],
    ['esdb://admin:ge:heim@host', /^must name user and password as user:password/],
    ['esdb://admin:ge@heim@host', /^must name user and password as user:password/],
    ['esdb://host?tls=no', /^tls in it must be true or false$/],
    ['esdb://host?tlsCaFile=/no/such/file', /^the files named in it must be readable$/],
    [`esdb://host?userCertFile=${file}`, /^userCertFile and userKeyFile belong together$/],
    ['esdb://host?keepAliveTimeout=soon', /^times and numbers in it must be whole numbers$/],
    ['esdb://host?nodePreference=follower', /^nodePreference in it can only be leader/],
    ['esdb://host?tlsVerifyCert=false', /^tlsVerifyCert=false has no effect/],
    ['esdb://host?throwOnAppendFailure=false', /^throwOnAppendFailure in it can only be true$/],
    ['esdb://host?geheim=1', /^holds an unknown option; there are tls, /],
  ])('%s is refused with what was expected, and nothing of it is repeated', (given, sentence) => {
    expect(refusalOf(given)).toMatch(sentence);
    expect(refusalOf(given)).not.toContain('heim');
  });

  it('is known to travel as plain text to another machine', () => {
    expect(eventStoreUrl('esdb://127.0.0.1:2113,localhost?tls=false').exposed).toBe(false);
    expect(eventStoreUrl('esdb://10.0.0.1?tls=false').exposed).toBe(true);
    expect(eventStoreUrl('esdb://10.0.0.1').exposed).toBe(false);
  });
});
