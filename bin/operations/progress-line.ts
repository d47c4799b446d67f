import { oneLine } from "../../lib/core/printable";
import { log } from "./terminal";

/** Reports progress on standard error: one line that is redrawn on a terminal, a line at intervals elsewhere. */
export class ProgressLine {
  private last = performance.now();

  /** @param interval - milliseconds between two lines where lines cannot be redrawn. */
  constructor(private readonly interval = 5_000) {}

  show(text: string): void {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${oneLine(text)}`);
    else if (performance.now() - this.last >= this.interval) {
      this.last = performance.now();
      log(text);
    }
  }

  /** Removes the line. */
  clear(): void {
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
  }

  /** Shows the elapsed time of some work until it ends. */
  async during<T>(text: string, work: Promise<T>): Promise<T> {
    const start = performance.now();
    const show = () => {
      this.show(`${text} … ${((performance.now() - start) / 1000).toFixed(0)} s`);
    };
    show();
    const timer = setInterval(show, 1_000);
    try {
      return await work;
    } finally {
      clearInterval(timer);
      this.clear();
    }
  }
}
