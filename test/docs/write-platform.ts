/** Writes the platform of the README, with its values files, into a folder: `npx tsx test/docs/write-platform.ts FOLDER`. */
import { README_SERVICES, readmePlatform, writeProgram } from './programs';

writeProgram(readmePlatform(), process.argv[2], README_SERVICES);
