/**
 * Finds line and column, both counted from 1, of a position in a text. `\n`, `\r\n` and `\r` end a line, as in YAML.
 */
export class LineIndex {
  private readonly starts = [0];

  constructor(text: string) {
    for (const { 0: lineBreak, index } of text.matchAll(/\r\n?|\n/g)) {
      this.starts.push(index + lineBreak.length);
    }
  }

  public line(position: number): number {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.starts[middle] <= position) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low + 1;
  }

  public column(position: number): number {
    return position - this.starts[this.line(position) - 1] + 1;
  }
}
