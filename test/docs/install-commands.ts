/** Prints the commands by which the README has the packages installed. */
import { blocksOf } from './markdown';

process.stdout.write(blocksOf('README.md').filter(({ language, title }) => language === 'sh' && title === 'install').map(({ text }) => text).join(''));
