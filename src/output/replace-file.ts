import { realpathSync, rmSync, statSync, writeFileSync } from 'fs';
import { move } from './paths';

/** Gives a file that is there another text, all of it at once: nobody reads half of it. A link leads to the file that is replaced. */
export function replaceFile(file: string, text: string): void {
  const real = realpathSync(file);
  const temporary = `${real}.${process.pid}.part`;
  try {
    writeFileSync(temporary, text, { mode: statSync(real).mode });
    move(temporary, real);
  } finally {
    rmSync(temporary, { force: true });
  }
}
