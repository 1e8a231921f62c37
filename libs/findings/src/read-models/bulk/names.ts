/** Numbers from 0 on for texts that come again and again. */
export class Names {
  private readonly numbers = new Map<string, number>();
  private texts: string[] = [];

  get size(): number {
    return this.texts.length;
  }

  id(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const id = this.texts.length;
    this.numbers.set(text, id);
    this.texts.push(text);
    return id;
  }

  ids(texts: readonly string[]): readonly number[] {
    return texts.map((text) => this.id(text));
  }

  of(id: number): string {
    return this.texts[id] ?? '';
  }

  clear(): void {
    this.numbers.clear();
    this.texts = [];
  }
}
