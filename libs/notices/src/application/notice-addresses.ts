/** Where a path of this product is reached from outside, `https://…/n/…`; the path alone where nobody said. The token is the class. */
export abstract class NoticeAddresses {
  abstract of(path: string): string;
}
