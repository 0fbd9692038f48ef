#!/usr/bin/env node
import { run } from './run';

const { status, stdout, stderr } = run(process.argv.slice(2), { systemDay: new Date().toISOString().slice(0, 'YYYY-MM-DD'.length) });
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = status;
