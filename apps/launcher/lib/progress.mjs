const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/** One line for each step, in both languages, with its time; notes of a step stand indented below it. */
export class Progress {
  #done = 0;
  #open = false;
  #started = performance.now();

  constructor(steps, out = process.stdout) {
    this.steps = steps;
    this.out = out;
  }

  /** Runs one step; `work` receives `note(text)` and may answer with a short remark for the end of the line. */
  async step(zh, en, work) {
    const from = performance.now();
    this.#done += 1;
    this.out.write(`[${this.#done}/${this.steps}] ${zh} · ${en} … `);
    this.#open = true;
    try {
      const remark = await work((text) => this.note(text));
      this.out.write(`${this.#open ? '' : '      '}${typeof remark === 'string' ? remark : 'ok'} (${seconds(from)})\n`);
      this.#open = false;
    } catch (error) {
      this.closeLine();
      throw error;
    }
  }

  note(text) {
    this.closeLine();
    for (const line of text.trimEnd().split('\n')) this.out.write(`      ${line}\n`);
  }

  closeLine() {
    if (this.#open) this.out.write('\n');
    this.#open = false;
  }

  ready(url) {
    this.closeLine();
    this.out.write(`READY ${url} (${seconds(this.#started)})\n`);
  }
}
