import { Metadata } from '@grpc/grpc-js';
import { authenticatorFor, everybodyIsAdmin } from './users';

const authenticate = authenticatorFor({ admin: 'a:b', ops: 'geheim' });
const saying = (authorization: string): Metadata => {
  const metadata = new Metadata();
  metadata.set('authorization', authorization);
  return metadata;
};
const basic = (text: string): Metadata => saying(`Basic ${Buffer.from(text, 'utf8').toString('base64')}`);

describe('The users of the double', () => {
  it('are known by name and password, a colon in the password included', () => {
    expect(authenticate(basic('admin:a:b'))).toStrictEqual({ user: 'admin', groups: ['$admins'] });
    expect(authenticate(basic('ops:geheim'))).toStrictEqual({ user: 'ops', groups: ['$ops'] });
  });

  it('are nobody without credentials', () => {
    expect(authenticate(new Metadata())).toStrictEqual({ user: null, groups: [] });
  });

  it.each([
    ['a wrong password', basic('admin:a')],
    ['the password of another', basic('admin:geheim')],
    ['an empty password', basic('admin:')],
    ['no password', basic('admin')],
    ['an unknown name', basic('root:geheim')],
    ['another scheme', saying('Bearer abc')],
    ['no base64', saying('Basic ****')],
    ['nothing at all', saying('')],
  ])('are turned away with %s', (_, metadata) => {
    expect(authenticate(metadata)).toBeNull();
  });

  it('are all administrators where nobody is asked', () => {
    expect(everybodyIsAdmin(basic('nobody:x'))).toStrictEqual({ user: 'admin', groups: ['$admins'] });
  });
});
