interface ScenarioModule {
  /** Writes what the scenario reads. */
  prepare?(...args: string[]): void;
  run(outdir: string, ...args: string[]): void;
}

/**
 * Runs one scenario in a process of its own and prints what it cost.
 */
async function main([outdir, scenario, ...args]: string[]): Promise<void> {
  const { prepare, run } = await import(`./scenarios/${scenario}.js`) as ScenarioModule;
  prepare?.(...args);
  const loaded = cpuSeconds();
  run(outdir, ...args);
  process.stdout.write(JSON.stringify({
    cpuSeconds: cpuSeconds(),
    runSeconds: cpuSeconds() - loaded,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }));
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

void main(process.argv.slice(2));
