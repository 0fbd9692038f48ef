import { countManifests } from './manifests';

/**
 * Runs one scenario in a process of its own and prints what it cost, start of Node included.
 */
async function main([scenario, size, outdir]: string[]): Promise<void> {
  const { run } = await import(`./scenarios/${scenario}.js`) as { run(outdir: string, size: number): void };
  run(outdir, Number(size));
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stdout.write(JSON.stringify({
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: maxRSS / 1024,
    objects: countManifests(outdir),
  }));
}

void main(process.argv.slice(2));
