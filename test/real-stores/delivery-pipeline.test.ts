import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

// npx and the command line start Node.js several times, on a machine that may be busy
jest.setTimeout(120_000);

const ROOT = resolve(__dirname, '..', '..');
const SCRIPTS = join(ROOT, 'examples/shop/pipelines/scripts');
const [OLD, NEW, OTHER] = ['a', 'b', 'c'].map((digit) => `sha256:${digit.repeat(64)}`);
const TAGS = 'applications/main/checkout';

/** Renders what the tests need of manifests: the digests, a line each. */
const RENDER = 'mkdir -p dist\ncat applications/main/*/*/tag.yaml > dist/manifests.yaml';
/** The command of this library as an installed package has it. */
const INSTALL = `mkdir -p node_modules/.bin\nln -sf '${ROOT}/test/real-stores/delivery-command.sh' node_modules/.bin/cdk8s-microservices`;

let work: string;
let clone: string;
let bare: string;
beforeEach(() => {
  work = realpathSync(mkdtempSync(join(tmpdir(), 'delivery-')));
  bare = join(work, 'origin.git');
  clone = join(work, 'clone');
  git(work, 'init', '--quiet', '--bare', '--initial-branch=main', bare);
  git(work, 'clone', '--quiet', bare, clone);
  for (const environment of ['dev', 'prod']) {
    write(join(clone, TAGS, environment, 'tag.yaml'), `# of CI\nimage:\n  tag: "1.0.0"\n  digest: ${OLD}\n`);
  }
  write(join(clone, 'services/checkout/index.js'), '// sources\n');
  write(join(clone, '.gitignore'), 'node_modules\n.pipeline\n');
  spawnSync('sh', ['-ec', RENDER], { cwd: clone });
  commit(clone, 'Begin');
  mkdirSync(join(work, 'bin'));
});
afterEach(() => { rmSync(work, { recursive: true, force: true }); });

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function git(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', ['-c', 'user.name=Anna', '-c', 'user.email=anna@example.com', ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`git ${args.join(' ')}: ${stderr}`);
  }
  return stdout.trim();
}

function commit(folder: string, message: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', message);
  git(folder, 'push', '--quiet', 'origin', 'HEAD:refs/heads/main');
}

const onMain = (file: string) => git(bare, 'show', `main:${file}`);
const subjects = () => git(bare, 'log', '--format=%s', 'main').split('\n');
const calls = (program: string) => existsSync(join(work, `${program}.log`)) ? readFileSync(join(work, `${program}.log`), 'utf8').trim().split('\n') : [];
const state = (name: string, text: string) => write(join(work, 'state', name), text);

/** A program that notes its arguments, and does what follows. */
function fake(program: string, body: string): void {
  const file = join(work, 'bin', program);
  write(file, `#!/bin/sh\nprintf '%s\\n' "$*" >> '${work}/${program}.log'\nSTATE='${work}/state'\n${body}`);
  chmodSync(file, 0o755);
}

/** Reads the repository as Argo CD does, and is as healthy as a file says. */
const ARGO_CD = () => `
case "$1 $2" in
  'app get') printf '{"status": {"summary": {"images": ["registry.example.com/checkout@%s"]}}}\\n' "$(git --git-dir '${bare}' show main:${TAGS}/prod/tag.yaml | sed -n 's/.*digest: //p')" ;;
  'app wait')
    health=$(cat "$STATE/health" 2>/dev/null || echo Healthy)
    case " $* " in
      *--health*--suspended*) [ "$health" = Healthy ] || [ "$health" = Suspended ] ;;
      *--suspended*) [ "$health" = Suspended ] ;;
      *) [ "$health" = Healthy ] ;;
    esac ;;
  'app actions') [ "$5" != promote-full ] || echo Healthy > "$STATE/health" ;;
esac
`;

function run(script: string, env: Record<string, string> = {}, args: string[] = []): Result {
  const { status, stdout, stderr } = spawnSync('sh', [join(SCRIPTS, `${script}.sh`), ...args], {
    cwd: clone,
    encoding: 'utf8',
    env: {
      PATH: `${join(work, 'bin')}:${process.env.PATH}`,
      npm_config_update_notifier: 'false',
      SCRIPTS,
      OUTPUT: '.pipeline',
      SERVICE: 'checkout',
      ENVIRONMENT: 'prod',
      APPLICATION: 'checkout-prod',
      BRANCH: 'main',
      REVISION: 'abc123',
      DIGEST: NEW,
      AUTHOR: 'Delivery <delivery@example.com>',
      PUSH_ATTEMPTS: '3',
      APPLICATIONS: 'applications',
      MANIFESTS: 'dist',
      VALUES: 'applications/main',
      INSTALL,
      SYNTHESIS: RENDER,
      AUTO_SYNC: 'true',
      DEPLOY_SECONDS: '3',
      POLL_SECONDS: '1',
      SOAK_SECONDS: '0',
      ...env,
    },
  });
  return { status, stdout, stderr };
}

const good = { status: 0 };

/** Prepares a release without credentials, and applies it with them. */
function release(env: Record<string, string> = {}): Result {
  const { GIT_USERNAME: _user, GIT_PASSWORD: _password, ...others } = env;
  const prepared = run('prepare', others);
  return prepared.status === 0 ? run('release', { ...env, INSTALL: 'exit 9', SYNTHESIS: 'exit 9' }) : prepared;
}

describe('a release', () => {
  test('is one commit of the tag file and of what it renders, by the author of the pipeline', () => {
    expect(release()).toMatchObject(good);
    expect(onMain(`${TAGS}/prod/tag.yaml`)).toBe(`# of CI\nimage:\n  tag: "abc123"\n  digest: ${NEW}`);
    expect(onMain(`${TAGS}/dev/tag.yaml`)).toContain(OLD);
    expect(onMain('dist/manifests.yaml')).toContain(NEW);
    expect(subjects()).toEqual(['Release checkout abc123 to prod', 'Begin']);
    expect(git(bare, 'log', '-1', '--format=%an <%ae>', 'main')).toBe('Delivery <delivery@example.com>');
    expect(git(bare, 'show', '--name-only', '--format=', 'main').split('\n').sort()).toEqual([`${TAGS}/prod/tag.yaml`, 'dist/manifests.yaml']);
  });

  test('leaves the sources of the run as they are', () => {
    write(join(clone, 'services/checkout/index.js'), '// of this run\n');
    expect(release()).toMatchObject(good);
    expect(readFileSync(join(clone, 'services/checkout/index.js'), 'utf8')).toBe('// of this run\n');
    expect(readFileSync(join(clone, TAGS, 'prod/tag.yaml'), 'utf8')).toContain(OLD);
  });

  test('is nothing when it is there already', () => {
    expect(release()).toMatchObject(good);
    const { stdout } = release();
    expect(stdout).toContain('checkout of prod is released already');
    expect(subjects()).toHaveLength(2);
  });

  describe('approved late', () => {
    const commitOf = (text: string) => {
      write(join(clone, 'services/checkout/index.js'), text);
      commit(clone, text);
      return git(clone, 'rev-parse', 'HEAD');
    };

    test('is refused while a newer commit runs, and accepted once that is taken back', () => {
      const older = commitOf('// older\n');
      const newer = commitOf('// newer\n');
      expect(release({ REVISION: newer })).toMatchObject(good);
      const { status, stderr } = release({ REVISION: older, DIGEST: OTHER });
      expect({ status, stderr }).toEqual({
        status: 1, stderr: `checkout of prod is at ${newer}, which is newer than ${older}. To go back, revert the commit of its release\n`,
      });
      expect(onMain(`${TAGS}/prod/tag.yaml`)).toContain(NEW);
      git(clone, 'pull', '--quiet', 'origin', 'main');
      git(clone, 'revert', '--no-edit', 'HEAD');
      git(clone, 'push', '--quiet', 'origin', 'HEAD:refs/heads/main');
      expect(release({ REVISION: older, DIGEST: OTHER })).toMatchObject(good);
      expect(onMain(`${TAGS}/prod/tag.yaml`)).toContain(OTHER);
    });

    test('is compared in a clone without history too', () => {
      const older = commitOf('// older\n');
      const newer = commitOf('// newer\n');
      expect(release({ REVISION: newer })).toMatchObject(good);
      rmSync(clone, { recursive: true });
      git(work, 'clone', '--quiet', '--depth=1', `file://${bare}`, clone);
      expect(release({ REVISION: older, DIGEST: OTHER }).stderr).toContain(`checkout of prod is at ${newer}, which is newer than ${older}.`);
    });

    test('is no matter for another environment, or for a version that somebody wrote by hand', () => {
      const older = commitOf('// older\n');
      const newer = commitOf('// newer\n');
      expect(release({ REVISION: newer })).toMatchObject(good);
      expect(release({ REVISION: older, ENVIRONMENT: 'dev' })).toMatchObject(good);
    });
  });

  test('goes on top of what somebody else pushed meanwhile', () => {
    const other = join(work, 'other');
    git(work, 'clone', '--quiet', bare, other);
    // while the release is prepared
    const SYNTHESIS = `${RENDER}\nif [ ! -e '${work}/raced' ]; then touch '${work}/raced'; cd '${other}'; echo '# people' >> README.md; git add .; `
      + 'git -c user.name=Ben -c user.email=ben@example.com commit --quiet --message Meanwhile; git push --quiet; fi';
    expect(release({ SYNTHESIS })).toMatchObject(good);
    expect(subjects()).toEqual(['Release checkout abc123 to prod', 'Meanwhile', 'Begin']);
  });

  test('is given up when it never gets through', () => {
    write(join(bare, 'hooks/pre-receive'), '#!/bin/sh\necho protected >&2\nexit 1\n');
    chmodSync(join(bare, 'hooks/pre-receive'), 0o755);
    const { status, stderr } = release({ PUSH_ATTEMPTS: '2' });
    expect(status).toBe(1);
    expect(stderr).toContain('given up after 2 attempts');
    expect(subjects()).toEqual(['Begin']);
  });

  const WRONG: [string, Record<string, string>, string][] = [
    ['a digest that is none', { DIGEST: '1.5.0' }, 'DIGEST is no digest'],
    ['an unknown service', { SERVICE: 'chekout' }, "there is no service 'chekout'"],
    ['an unknown environment', { ENVIRONMENT: 'prd' }, "there is no environment 'prd'"],
    ['manifests that cannot be rendered', { SYNTHESIS: 'echo wrong >&2; exit 3' }, 'wrong'],
    ['a package that cannot be installed', { INSTALL: 'echo missing >&2; exit 1' }, 'missing'],
  ];
  test.each(WRONG)('fails for %s, once, and pushes nothing', (_what, env, message) => {
    const { status, stderr } = release(env);
    expect(status).not.toBe(0);
    expect(stderr.split(message)).toHaveLength(2);
    expect(subjects()).toEqual(['Begin']);
  });

  test('is tried again when a push is refused once', () => {
    write(join(bare, 'hooks/pre-receive'), `#!/bin/sh\n[ -e '${work}/refused' ] || { touch '${work}/refused'; exit 1; }\n`);
    chmodSync(join(bare, 'hooks/pre-receive'), 0o755);
    expect(release()).toMatchObject(good);
    expect(subjects()).toEqual(['Release checkout abc123 to prod', 'Begin']);
  });

  describe('runs other people\'s code without a password:', () => {
    const patched = (change: string, env = {}) => {
      expect(run('prepare', { SYNTHESIS: `${RENDER}\n${change}` })).toMatchObject(good);
      return run('release', env);
    };
    const forged = (files: string) => {
      expect(run('prepare')).toMatchObject(good);
      const tree = join(work, 'forged');
      git(work, 'clone', '--quiet', bare, tree);
      spawnSync('sh', ['-ec', files], { cwd: tree });
      git(tree, 'add', '--all', '--force');
      write(join(clone, '.pipeline/release-prod.patch'), `${git(tree, 'diff', '--cached', '--binary', '--no-renames')}\n`);
      return run('release');
    };
    const beyond = 'the prepared release changes more than files of applications and dist\n';

    test('it is refused where there is one', () => {
      expect(run('prepare', { GIT_PASSWORD: 's3cret-value' })).toMatchObject({ status: 1, stderr: 'GIT_PASSWORD is set where it must not be\n' });
    });

    test('its patch may be a text in a variable', () => {
      expect(run('prepare')).toMatchObject(good);
      const patch = join(clone, '.pipeline/release-prod.patch');
      const { stdout } = spawnSync('sh', ['-c', `gzip -c '${patch}' | base64 --wrap 0`], { encoding: 'utf8' });
      rmSync(patch);
      expect(run('release', { PATCH: stdout })).toMatchObject(good);
      expect(onMain('dist/manifests.yaml')).toContain(NEW);
    });

    test('its patch has nothing but manifests', () => {
      expect(patched('echo changed > services/checkout/index.js; echo "exit 1" > .gitlab-ci.yml')).toMatchObject(good);
      expect(git(bare, 'show', '--name-only', '--format=', 'main').split('\n').sort()).toEqual([`${TAGS}/prod/tag.yaml`, 'dist/manifests.yaml']);
    });

    test.each<[string, string, string]>([
      ['of a workflow', 'mkdir -p .github/workflows; echo on: push > .github/workflows/x.yaml', beyond],
      ['with a link', 'ln -sf /etc/passwd dist/passwd', beyond],
      ['of another version', `sed -i s/1.0.0/6.6.6/ ${TAGS}/prod/tag.yaml`, `the prepared release is of another version than abc123@${NEW}\n`],
      ['in the folder of Git', 'mkdir -p x; printf "echo > .git/hooks/pre-push" > x/y', beyond],
    ])('a patch %s is refused, and nothing is pushed', (_what, files, message) => {
      const { status, stderr } = forged(files);
      expect({ status, told: stderr.endsWith(message) }).toEqual({ status: 1, told: true });
      expect(subjects()).toEqual(['Begin']);
    });

    test('a release that nobody prepared is refused', () => {
      expect(run('release')).toMatchObject({ status: 1, stderr: 'no release was prepared\n' });
    });

    test('a release whose lines somebody changed meanwhile is refused', () => {
      expect(run('prepare')).toMatchObject(good);
      write(join(clone, 'dist/manifests.yaml'), 'of somebody else\n');
      commit(clone, 'Meanwhile');
      const { status, stderr } = run('release');
      expect({ status, told: stderr.endsWith('somebody changed the same lines since the release was prepared: prepare it again\n') }).toEqual({ status: 1, told: true });
      expect(subjects()).toEqual(['Meanwhile', 'Begin']);
    });

    test('a run whose folder is shared is released from a clone of its own', () => {
      expect(run('fetch', { REPOSITORY_URL: bare })).toMatchObject(good);
      expect(run('prepare', { CHECKED_OUT: join(clone, '.pipeline/newest') })).toMatchObject(good);
      write(join(clone, '.git/hooks/pre-push'), `#!/bin/sh\necho "$GIT_PASSWORD" > '${work}/stolen'\n`);
      chmodSync(join(clone, '.git/hooks/pre-push'), 0o755);
      expect(run('release', { REPOSITORY_URL: bare, GIT_PASSWORD: 's3cret-value' })).toMatchObject(good);
      expect(existsSync(join(work, 'stolen'))).toBe(false);
      expect(run('revert', { REPOSITORY_URL: bare, GIT_PASSWORD: 's3cret-value' })).toMatchObject(good);
      expect(existsSync(join(work, 'stolen'))).toBe(false);
      expect(subjects()[0]).toBe('Revert "Release checkout abc123 to prod"');
    });
  });

  test('gives the password to Git alone, and writes it nowhere', () => {
    fake('git', `[ "$1" = push ] && { printf 'protocol=https\\nhost=git.example.com\\n\\n' | /usr/bin/git credential fill > '${work}/credential'; }\nexec /usr/bin/git "$@"\n`);
    expect(release({ GIT_USERNAME: 'x-access-token', GIT_PASSWORD: 's3cret-value' })).toMatchObject({ status: 0 });
    expect(readFileSync(join(work, 'credential'), 'utf8')).toContain('username=x-access-token\npassword=s3cret-value\n');
    expect(calls('git').filter((call) => call.includes('s3cret'))).toEqual([]);
    expect(spawnSync('grep', ['-r', 's3cret', clone, bare], { encoding: 'utf8' }).stdout).toBe('');
  });
});

describe('a deployment', () => {
  beforeEach(() => { fake('argocd', ARGO_CD()); });

  test('is waited for until Argo CD runs the digest, in sync and healthy', () => {
    release();
    expect(run('wait')).toMatchObject(good);
    expect(calls('argocd')[0]).toBe('app get checkout-prod --refresh --output json');
    expect(calls('argocd').at(-1)).toMatch(/^app wait checkout-prod --operation --sync --health --suspended --timeout [123]$/);
  });

  test('fails when Argo CD still runs another digest', () => {
    const { status, stderr } = run('wait');
    expect({ status, stderr }).toEqual({ status: 1, stderr: `checkout-prod does not run ${NEW} after 3 s\n` });
  });

  test('is started where Argo CD does not start it itself', () => {
    release();
    expect(run('wait', { AUTO_SYNC: 'false' })).toMatchObject(good);
    expect(calls('argocd')[0]).toBe('app sync checkout-prod --timeout 3');
  });

  test('that waits beside the old version is promoted', () => {
    release();
    state('health', 'Suspended\n');
    expect(run('wait')).toMatchObject(good);
    expect(run('promote')).toMatchObject(good);
    expect(calls('argocd')).toContain('app actions run checkout-prod promote-full --kind Rollout --resource-name checkout');
    expect(run('health')).toMatchObject({ ...good, stdout: 'checkout-prod is healthy\n' });
  });

  test('of a service without a Rollout needs no promotion', () => {
    release();
    expect(run('promote')).toMatchObject(good);
    expect(calls('argocd').filter((call) => call.includes('actions'))).toEqual([]);
  });

  test('that does not stay healthy fails', () => {
    release();
    state('health', 'Degraded\n');
    expect(run('health')).toMatchObject({ status: 1, stderr: 'checkout-prod is not healthy\n' });
    expect(existsSync(join(clone, '.pipeline/done-prod'))).toBe(false);
  });
});

describe('a rollback', () => {
  beforeEach(() => { fake('argocd', ARGO_CD()); });
  const rollback = () => ['abort', 'revert', 'restore'].map((script) => run(script).status);

  test('is the revert of the commit, after which the version before runs again', () => {
    release();
    expect(rollback()).toEqual([0, 0, 0]);
    expect(subjects()).toEqual(['Revert "Release checkout abc123 to prod"', 'Release checkout abc123 to prod', 'Begin']);
    expect(onMain(`${TAGS}/prod/tag.yaml`)).toContain(OLD);
    expect(onMain('dist/manifests.yaml')).not.toContain(NEW);
    expect(calls('argocd')[0]).toBe('app actions run checkout-prod abort --kind Rollout --resource-name checkout');
    expect(calls('argocd').at(-1)).toContain('app wait checkout-prod --operation --sync --health');
  });

  test('leaves what others released meanwhile', () => {
    release();
    write(join(work, 'later/placeholder'), '');
    git(work, 'clone', '--quiet', bare, join(work, 'people'));
    write(join(work, 'people/README.md'), '# people\n');
    commit(join(work, 'people'), 'Later');
    expect(rollback()).toEqual([0, 0, 0]);
    expect(subjects()[1]).toBe('Later');
    expect(onMain('README.md')).toBe('# people');
  });

  test('stops where somebody released a later version, and says so', () => {
    release();
    git(work, 'clone', '--quiet', bare, join(work, 'people'));
    write(join(work, 'people', TAGS, 'prod/tag.yaml'), `image:\n  tag: "2.0.0"\n  digest: ${OTHER}\n`);
    commit(join(work, 'people'), 'By hand');
    const { status, stderr } = run('revert');
    expect(status).toBe(1);
    expect(stderr).toContain('so it is not taken back: release an older version by hand');
    expect(onMain(`${TAGS}/prod/tag.yaml`)).toContain(OTHER);
  });

  test('does nothing where nothing was released, or all of it went well', () => {
    expect(rollback()).toEqual([0, 0, 0]);
    release();
    run('health');
    expect(rollback()).toEqual([0, 0, 0]);
    expect(subjects()).toEqual(['Release checkout abc123 to prod', 'Begin']);
    expect(calls('argocd').filter((call) => call.includes('abort'))).toEqual([]);
  });
});

describe('manifests', () => {
  test('are those that their program renders', () => {
    expect(run('synthesis')).toMatchObject({ status: 0 });
  });

  test('that somebody changed by hand end the pipeline', () => {
    write(join(clone, 'dist/manifests.yaml'), 'by hand\n');
    commit(clone, 'By hand');
    const { status, stderr } = run('synthesis');
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'not as committed:\n M dist/manifests.yaml\n' });
  });
});

describe('a clone', () => {
  const clonedInto = (folder: string, env: Record<string, string>) => {
    const target = join(work, folder);
    mkdirSync(target);
    return spawnSync('sh', [join(SCRIPTS, 'clone.sh')], {
      cwd: target, encoding: 'utf8', env: { PATH: process.env.PATH, SCRIPTS, OUTPUT: join(work, `${folder}-output`), REPOSITORY_URL: bare, BRANCH: 'main', AUTHOR: 'Delivery <delivery@example.com>', PUSH_ATTEMPTS: '1', ...env },
    });
  };

  test('has the newest commit of the branch, or the one that is named', () => {
    const first = git(bare, 'rev-parse', 'main');
    write(join(clone, 'README.md'), '# two\n');
    commit(clone, 'Second');
    expect(clonedInto('newest', { REVISION: 'main' })).toMatchObject({ status: 0 });
    expect(existsSync(join(work, 'newest/README.md'))).toBe(true);
    expect(clonedInto('first', { REVISION: first })).toMatchObject({ status: 0 });
    expect(existsSync(join(work, 'first/README.md'))).toBe(false);
    expect(readFileSync(join(work, 'first-output/revision'), 'utf8').trim()).toBe(first);
  });

  test('of what nobody merged is refused', () => {
    git(clone, 'checkout', '--quiet', '-b', 'mine');
    write(join(clone, 'evil.js'), '');
    git(clone, 'add', '.');
    git(clone, 'commit', '--quiet', '--message', 'Mine');
    git(clone, 'push', '--quiet', 'origin', 'mine');
    expect(clonedInto('mine', { REVISION: 'mine' })).toMatchObject({ status: 1, stderr: expect.stringContaining('mine is not on the branch main') });
    expect(clonedInto('option', { REVISION: '--orphan=x' })).toMatchObject({ status: 1, stderr: expect.stringContaining('the repository has no commit and no branch --orphan=x') });
  });
});

describe('an image', () => {
  const env = {
    REPOSITORY: 'registry.example.com/checkout',
    SOURCE: 'services/checkout',
    REGISTRY_USERNAME: 'ci',
    REGISTRY_PASSWORD: 'pass:word',
    SEVERITIES: 'HIGH,CRITICAL',
    IGNORE_UNFIXED: 'true',
    BASE_IMAGES: 'alpine distroless scratch',
    SIGN_BY: 'identity',
    BUILDKIT_IMAGE: 'docker.io/moby/buildkit:v0.26.2',
  };
  const METADATA = 'while [ $# -gt 0 ]; do if [ "$1" = --metadata-file ]; then file=$2; fi; shift; done\n'
    + `[ -z "\${file:-}" ] || printf '{"containerimage.config.digest": "sha256:${'0'.repeat(64)}",\\n"containerimage.digest": "${NEW}"}\\n' > "$file"\n`;
  const trivy = (report: object, status = 0) => {
    state('report.json', JSON.stringify(report, undefined, 2));
    fake('trivy', 'for last; do :; done\nwhile [ $# -gt 0 ]; do case $1 in --format) format=$2 ;; --output) output=$2 ;; --exit-code) gate=1 ;; esac; shift; done\n'
      + '[ "${format:-}" != json ] || cp "$STATE/report.json" "$output"\n[ "${format:-}" != cyclonedx ] || echo "{}" > "$output"\n'
      + `[ -z "\${gate:-}" ] || exit ${status}\n`);
  };
  const report = (family: string | undefined, packages: string[]) => ({
    SchemaVersion: 2,
    Metadata: { ...family && { OS: { Family: family, Name: '1' } }, ImageID: 'x' },
    Results: [{ Class: 'os-pkgs', Type: family, Packages: packages.map((Name) => ({ ID: `${Name}@1`, Name })) }],
  });

  test.each([
    ['docker', 'docker', 'buildx build --builder'],
    ['server', 'buildctl', '--addr tcp://buildkitd.builders.svc:1234 --tlsdir /certificates build --frontend dockerfile.v0'],
    ['daemonless', 'buildctl-daemonless.sh', 'build --frontend dockerfile.v0 --local context=services/checkout'],
  ])('is built by %s, and its digest noted', (builder, program, call) => {
    fake(program, METADATA);
    expect(run('build', { ...env, BUILDER: builder, BUILDKIT_ADDRESS: 'tcp://buildkitd.builders.svc:1234', BUILDKIT_CERTIFICATES: '/certificates' }))
      .toMatchObject({ status: 0, stdout: `registry.example.com/checkout:abc123@${NEW}\n` });
    expect(calls(program).filter((each) => each.startsWith(call))).toHaveLength(1);
    expect(calls(program).filter((each) => each.includes('pass:word'))).toEqual([]);
    expect(readFileSync(join(clone, '.pipeline/digest'), 'utf8')).toBe(`${NEW}\n`);
  });

  test('whose digest nobody told is none', () => {
    fake('buildctl-daemonless.sh', '');
    writeFileSync(join(work, 'bin/buildctl-daemonless.sh'), '#!/bin/sh\nwhile [ $# -gt 0 ]; do [ "$1" != --metadata-file ] || echo "{}" > "$2"; shift; done\n');
    expect(run('build', { ...env, BUILDER: 'daemonless' })).toMatchObject({ status: 1, stderr: 'the builder told no digest\n' });
    expect(run('build', { ...env, BUILDER: 'daemonless', REGISTRY_PASSWORD: '' })).toMatchObject({ status: 1, stderr: 'REGISTRY_USERNAME and REGISTRY_PASSWORD are not set\n' });
  });

  test.each([
    ['alpine', report('alpine', ['musl', 'apk-tools'])],
    ['distroless', report('debian', ['libc6', 'tzdata'])],
    ['scratch', report(undefined, [])],
  ])('made of %s is good, and gets a bill of materials', (family, content) => {
    write(join(clone, '.pipeline/digest'), `${NEW}\n`);
    trivy(content);
    expect(run('inspect', env)).toMatchObject({ status: 0, stdout: `registry.example.com/checkout@${NEW} is made of ${family}\n` });
    expect(existsSync(join(clone, '.pipeline/sbom.cdx.json'))).toBe(true);
    expect(calls('trivy')[1]).toMatch(/^image --cache-dir \S+ --scanners vuln,secret --severity HIGH,CRITICAL --ignore-unfixed=true --exit-code 1 registry\.example\.com\/checkout@sha256:b{64}$/);
  });

  test.each([['debian', report('debian', ['libc6', 'apt', 'bash'])], ['ubuntu', report('ubuntu', ['apt'])]])('made of %s is refused', (family, content) => {
    write(join(clone, '.pipeline/digest'), `${NEW}\n`);
    trivy(content);
    expect(run('inspect', env)).toMatchObject({
      status: 1, stderr: `registry.example.com/checkout@${NEW} is made of ${family}, and only these may be used: alpine distroless scratch\n`,
    });
  });

  test('with a known vulnerability is not described, and so not signed', () => {
    write(join(clone, '.pipeline/digest'), `${NEW}\n`);
    trivy(report('alpine', []), 1);
    expect(run('inspect', env)).toMatchObject({ status: 1 });
    expect(existsSync(join(clone, '.pipeline/sbom.cdx.json'))).toBe(false);
    expect(run('scan', env)).toMatchObject({ status: 1 });
  });

  const LEGACY = '--new-bundle-format=false --use-signing-config=false ';
  test.each([
    ['the identity of the pipeline', { SIGN_BY: 'identity', SIGNATURE_FORMAT: 'legacy' }, LEGACY],
    ['a private key', { SIGN_BY: 'key', SIGNATURE_FORMAT: 'legacy', COSIGN_PRIVATE_KEY: 'not shown' }, `${LEGACY}--key env://COSIGN_PRIVATE_KEY `],
    ['a private key in a bundle', { SIGN_BY: 'key', SIGNATURE_FORMAT: 'bundle', COSIGN_PRIVATE_KEY: 'not shown' }, '--key env://COSIGN_PRIVATE_KEY '],
  ])('is signed by %s', (_how, by, key) => {
    write(join(clone, '.pipeline/digest'), `${NEW}\n`);
    fake('cosign', '[ -s "$DOCKER_CONFIG/config.json" ] && cp "$DOCKER_CONFIG/config.json" "$STATE-config"\n');
    expect(run('sign', { ...env, ...by })).toMatchObject(good);
    const image = `registry.example.com/checkout@${NEW}`;
    expect(calls('cosign')).toEqual([`sign --yes ${key}${image}`, `attest --yes ${key}--type cyclonedx --predicate .pipeline/sbom.cdx.json ${image}`]);
    expect(JSON.parse(readFileSync(join(work, 'state-config'), 'utf8'))).toEqual({ auths: { 'registry.example.com': { auth: Buffer.from('ci:pass:word').toString('base64') } } });
  });

  test('is not signed by a key that is missing', () => {
    write(join(clone, '.pipeline/digest'), `${NEW}\n`);
    fake('cosign', '');
    expect(run('sign', { ...env, SIGN_BY: 'key', SIGNATURE_FORMAT: 'legacy' })).toMatchObject({ status: 1, stderr: 'COSIGN_PRIVATE_KEY is not set\n' });
    expect(calls('cosign')).toEqual([]);
  });
});

describe('a step of the user', () => {
  const env = { SOURCE: 'services/checkout', REPOSITORY: 'registry.example.com/checkout' };

  test('runs in the folder of the service, and knows what was deployed', () => {
    write(join(clone, '.pipeline/digest'), `${OTHER}\n`);
    const { status, stdout } = run('commands', { ...env, COMMANDS: 'pwd\necho "$SERVICE $ENVIRONMENT $IMAGE"' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${clone}/services/checkout\ncheckout prod registry.example.com/checkout@${OTHER}\n` });
  });

  test('runs in a container of its image on GitHub, which sees the secrets that are named and no others', () => {
    // starts what the image would, with the variables that it is given
    fake('docker', `while [ "$1" != --env ]; do shift; done
while [ "$1" = --env ]; do name=$2; shift 2; eval "value=\\\${$name-}"; set -- "$@" "$name=$value"; done
script=$2; shift 2
exec env -i "PATH=$PATH" "$@" sh "$script"
`);
    const COMMANDS = 'pwd\necho "$SERVICE $ENVIRONMENT $TEST_PASSWORD ${OTHER_PASSWORD:-none} ${AUTHOR:-none}"';
    const { status, stdout } = run('container', { ...env, STEP_IMAGE: 'node:22', TEST_PASSWORD: 'one', OTHER_PASSWORD: 'two', COMMANDS }, ['TEST_PASSWORD']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${clone}/services/checkout\ncheckout prod one none none\n` });
    expect(calls('docker')[0].split(' --env ')).toEqual([
      `run --rm --init --volume ${clone}:/workspace --workdir /workspace --entrypoint /bin/sh`,
      'SERVICE', 'REVISION', 'SOURCE', 'REPOSITORY', 'ENVIRONMENT', 'NAMESPACE', 'DIGEST', 'COMMANDS', 'OUTPUT',
      `TEST_PASSWORD node:22 ${SCRIPTS}/commands.sh`,
    ]);
  });

  test('ends with its first command that fails', () => {
    expect(run('commands', { ...env, COMMANDS: 'false\necho on' })).toMatchObject({ status: 1, stdout: '' });
  });
});

describe('an approval', () => {
  const GH = (rules: object[]) => {
    state('environment.json', JSON.stringify({ name: 'prod', protection_rules: rules }));
    // gh has jq inside
    fake('gh', 'jq -r "$4" "$STATE/environment.json"\n');
  };
  const reviewers = (...names: object[]) => ({ type: 'required_reviewers', reviewers: names.map((reviewer) => ({ reviewer })) });
  const env = { GITHUB_REPOSITORY: 'acme/shop', APPROVERS: 'anna release-managers' };

  test('of GitHub is one when it asks the approvers', () => {
    GH([{ type: 'wait_timer' }, reviewers({ slug: 'release-managers' }, { login: 'anna' })]);
    expect(run('reviewers', env)).toMatchObject({ status: 0, stdout: 'prod is approved by release-managers anna \n' });
    expect(calls('gh')[0]).toContain('api repos/acme/shop/environments/prod --jq');
  });

  test.each([
    ['nobody', [{ type: 'branch_policy' }], 'the environment prod has no required reviewers, so a release would wait for nobody: name them in the settings of the repository'],
    ['somebody else', [reviewers({ login: 'mallory' })], 'mallory may approve releases to prod, and is none of the approvers: anna release-managers'],
  ])('of GitHub is none when it asks %s', (_who, rules, message) => {
    GH(rules as object[]);
    expect(run('reviewers', env)).toMatchObject({ status: 1, stderr: `${message}\n` });
  });

  test('of GitLab is one when an approver started the job', () => {
    expect(run('approver', { ...env, GITLAB_USER_LOGIN: 'anna' })).toMatchObject({ status: 0 });
    expect(run('approver', { ...env, GITLAB_USER_LOGIN: 'ann' })).toMatchObject({ status: 1, stderr: 'ann may not release to prod. These may: anna release-managers\n' });
  });
});
