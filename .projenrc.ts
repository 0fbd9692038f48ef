import { cdk8s, javascript, TextFile } from 'projen';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-microservices',
  description: 'Declare how your microservices relate, once; generates network policies, Dapr access control, timeouts and retries',
  author: 'Platform Team',
  authorAddress: 'platform@example.invalid',
  repositoryUrl: 'https://example.invalid/platform/cdk8s-microservices.git',
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  keywords: ['cdk8s', 'kubernetes', 'microservices', 'dapr'],
  license: 'Apache-2.0',

  // No forge: keep the build, drop what only makes sense on one.
  github: false,
  release: false,
  depsUpgrade: false,

  // jsii 5.9 and cdk8s-cli share jsii-rosetta 5.9, so one TypeScript is installed.
  jsiiVersion: '~5.9.50',
  typescriptVersion: '~5.9.0',
  // Peer minimums, not the newest: Maven and Go lag behind npm (jsii pins the dev dependencies to them).
  cdk8sVersion: '2.70.47',
  constructsVersion: '10.5.0',
  bin: { 'cdk8s-microservices': 'lib/cli.js' },
  devDeps: [
    // scripts/bundle.ts compiles them into the library or its command line: only the command uses commander, and yaml, which keeps the comments of a tag file
    'commander@^14',
    'fastest-levenshtein@^1',
    'js-yaml@^5',
    'yaml@^2',
    'esbuild@^0.28',
    'cdk8s-cli@^2.207.60',
    // its types of Kubernetes are copied to imports/k8s.ts, and tests and benchmarks use its objects
    'cdk8s-plus-27@2.9.5',
    'fast-check@^4',
    'projen@~0.103.25',
  ],
  minNodeVersion: '20.19.0',
  workflowNodeVersion: '22',

  jestOptions: {
    jestVersion: '^30',
    passWithNoTests: false,
    // Without this projen runs `jest --updateSnapshot`, and snapshot tests can never fail.
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      maxWorkers: 2,
      // test/user-package imports the library by its name
      moduleNameMapper: { '^cdk8s-microservices$': '<rootDir>/src' },
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      // these need servers and tools: `npm run test:cluster`, `test:stores` and `test:checks` run them
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/', '<rootDir>/test/checkers/', '<rootDir>/test/package/', '<rootDir>/test/real-stores/'],
      watchPathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/dist/', '<rootDir>/artifacts/'],
      modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/dist/', '<rootDir>/artifacts/'],
    },
  },

  // src/, imports/ and examples/ compile to lib/. dist/ is left to `cdk8s synth`, which empties it
  // at each run, so the packages of the other languages live in artifacts/.
  artifactsDirectory: 'artifacts',
  entrypoint: 'lib/index.js',
  tsconfig: {
    include: ['src/**/*.ts', 'imports/**/*.ts', 'examples/**/*.ts'],
    compilerOptions: { rootDir: '.', outDir: 'lib' },
  },
  tsconfigDev: {
    include: ['../examples/**/*.ts', '../scripts/**/*.ts', '../bench/**/*.ts'],
    compilerOptions: { paths: { 'cdk8s-microservices': ['../src'] } },
  },

  eslintOptions: { dirs: ['src', 'examples'], devdirs: ['test', 'scripts', 'bench'] },

  publishToPypi: { distName: 'cdk8s-microservices', module: 'cdk8s_microservices' },
  publishToMaven: {
    javaPackage: 'com.example.cdk8s.microservices',
    mavenGroupId: 'com.example.cdk8s',
    mavenArtifactId: 'cdk8s-microservices',
  },
  publishToGo: { moduleName: 'example.com/platform/cdk8s-microservices-go' },
});

// the paths of test/user-package are in the test configuration
project.tryFindObjectFile('.eslintrc.json')!.addOverride('settings.import/resolver.typescript.project', './test/tsconfig.json');

// jsii derives its entry point from `types`; projen always writes lib/index.d.ts.
project.package.addField('types', 'lib/src/index.d.ts');
// The package contains no compiled modules of src/, but their types.
project.package.addField('exports', {
  '.': { types: './lib/src/index.d.ts', default: './lib/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});

// unrs-resolver 1.13.0 names optional bindings that are missing from the registry:
// `npm install` skips them, then `npm ci` rejects the lock file.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// The package needs the two bundles, the types and .jsii only.
project.npmignore?.exclude('/lib/src/**/*.js', '/lib/imports/**/*.js', '/imports/', '/examples/', '/lib/examples/', '/scripts/', '/bench/', '/cdk8s.yaml', '/.ci/', 'artifacts');
project.gitignore.exclude('/artifacts/', '__pycache__/');

// No upgrade look-up on each run: it prints a stack trace when there is no network.
project.tasks.addEnvironment('CDK8S_CHECK_UPGRADE', 'false');
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

// jsii copies doc comments into the API of all languages: the defaults in them come from the settings
project.preCompileTask.exec('tsx scripts/defaults.ts');
// one page for each submodule
project.tasks.tryFind('docgen')!.reset('jsii-docgen --split-by-submodule -o docs/api/root.md');
project.tasks.tryFind('docgen')!.exec('tsx scripts/api-index.ts');

project.addTask('import', {
  description: 'Generates imports/ from the CRDs in the folder that CRDS_DIR names',
  exec: 'tsx scripts/import.ts',
});
project.preCompileTask.spawn(project.addTask('embed', {
  description: 'Embeds the scripts of src/ into the TypeScript modules beside them',
  exec: 'tsx scripts/embed.ts',
}));
// One line for each script: the script's own file shows what a change does.
project.annotateGenerated('/src/**/scripts/**/index.ts');
// What is compiled in is a development dependency.
project.eslint?.allowDevDeps('**/src/**');
project.compileTask.spawn(project.addTask('bundle', {
  description: 'Bundles what jsii compiled into lib/index.js and lib/cli.js',
  exec: 'tsx scripts/bundle.ts',
}));
project.addTask('synth', {
  description: 'Synthesizes the reference platform into dist/, and the smaller examples into folders of their own',
  steps: [
    { spawn: 'compile' },
    ...['shop', 'api-and-worker', 'progressive-delivery', 'boutique', 'eshop'].map((example) => ({ exec: `node lib/examples/${example}/main.js` })),
  ],
});
project.addTask('test:cluster', {
  description: 'Creates dist/ on real API servers and loads it into a real Dapr',
  exec: 'jest --ci --config test/cluster/jest.config.json --maxWorkers=2',
  receiveArgs: true,
});
project.addTask('test:stores', {
  description: 'Forms, breaks and heals real stores with the rendered files',
  exec: 'jest --ci --config test/real-stores/jest.config.json --maxWorkers=2',
  receiveArgs: true,
});
project.addTask('test:checks', {
  description: 'Has kube-score, checkov and the strict schemas judge dist/',
  exec: 'jest --ci --config test/checkers/jest.config.json',
  receiveArgs: true,
});
project.addTask('test:package', {
  description: 'Installs the packed library into an empty folder and uses it there',
  exec: 'jest --ci --config test/package/jest.config.json',
  receiveArgs: true,
});
project.addTask('bench', {
  description: 'Measures this library beside stock cdk8s and writes docs/performance.md',
  exec: 'tsx bench/main.ts',
  receiveArgs: true,
});
project.addDevDeps('tsx');

// Rendered manifests are committed, so that a review shows what a change does to each environment.
project.gitignore.removePatterns('/dist/');
project.gitignore.exclude('/dist/construct-metadata.json');

// `build` packs npm only; `npx projen package:python` (java, go) packs the others.
project.packageTask.reset();
project.packageTask.spawn(project.tasks.tryFind('package:js')!);

// The lock file names no registry host.
new TextFile(project, '.npmrc', { lines: ['omit-lockfile-registry-resolved=true'] });

project.synth();
