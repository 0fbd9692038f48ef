import * as fs from 'fs';
import * as path from 'path';
import { ApiObject, App as StockApp, Chart, JsonPatch, Lazy, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { recordFinding } from '../../src/checks/registry';
import { Severity } from '../../src/checks/severity';
import { OutputFile } from '../../src/core/output-file';
import { beforeSynthesis } from '../../src/core/preparation';
import { App } from '../../src/platform/app';
import { contentsOf, filesIn, newOutdir } from '../output/output-folders';

function define(scope: Construct, id: string, kind = 'ConfigMap', fields: Record<string, unknown> = {}): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind, metadata: { name: id.toLowerCase() }, ...fields });
}

/** Paths of the objects of a file, `Kind/name`. */
function objectsIn(outdir: string, file: string): string[] {
  return (contentsOf(outdir)[file] as Array<{ kind: string; metadata: { name: string } }>).map((each) => `${each.kind}/${each.metadata.name}`);
}

describe('a synthesis that fails', () => {
  const failures: Array<[string, (chart: Chart) => void, string]> = [
    ['in a validation', (chart) => chart.node.addValidation({ validate: () => ['is wrong'] }),
      'Validation failed with the following errors:\n  [chart] is wrong'],
    ['in a dependency cycle', (chart) => {
      const [a, b] = [define(chart, 'a'), define(chart, 'b')];
      a.addDependency(b);
      b.addDependency(a);
    }, 'Dependency cycle detected: chart/a => chart/b => chart/a'],
    ['in a dependency on itself', (chart) => {
      const a = define(chart, 'a');
      a.addDependency(a);
    }, 'Dependency cycle detected: chart/a => chart/a'],
    ['while an object is rendered', (chart) => void define(chart, 'late', 'ConfigMap', {
      data: Lazy.any({
        produce: () => {
          throw new Error('not yet');
        },
      }),
    }), "Failed serializing construct at path 'chart/late' with name 'late': Error: not yet"],
    ['on a value that cannot be written', (chart) => void define(chart, 'number', 'ConfigMap', { data: NaN }),
      '[chart/number] data is NaN, which no Kubernetes field accepts. Give a finite number.'],
  ];

  test.each(failures)('%s writes nothing, not even the folder', (_, fill, message) => {
    const outdir = newOutdir('new/dist');
    const app = new App({ outdir });
    define(new Chart(app, 'before'), 'fine');
    fill(new Chart(app, 'chart'));
    expect(() => app.synth()).toThrow(new Error(message));
    expect(() => app.synthYaml()).toThrow(new Error(message));
    expect(fs.existsSync(path.dirname(outdir))).toBe(false);
  });

  test('leaves the manifests of the last synthesis as they were', () => {
    const outdir = newOutdir();
    const good = new App({ outdir });
    define(new Chart(good, 'chart'), 'kept');
    good.synth();
    const before = contentsOf(outdir);

    const bad = new App({ outdir });
    define(new Chart(bad, 'chart'), 'changed');
    define(new Chart(bad, 'other'), 'number', 'ConfigMap', { data: [Infinity] });
    expect(() => bad.synth()).toThrow(new Error('[other/number] data[0] is Infinity, which no Kubernetes field accepts. Give a finite number.'));
    expect(contentsOf(outdir)).toEqual(before);
    expect(fs.readdirSync(path.dirname(outdir))).toEqual(['dist']);
  });

  test('on the disk leaves no temporary folder', () => {
    const outdir = newOutdir();
    fs.writeFileSync(outdir, 'a file where the folder should be');
    const app = new App({ outdir });
    define(new Chart(app, 'chart'), 'a');
    expect(() => app.synth()).toThrow(new Error(`[App] the output folder '${outdir}' cannot be written: '${outdir}' is a file (ENOTDIR). `
      + 'Move the file away, or choose another folder.'));
    expect(fs.readdirSync(path.dirname(outdir))).toEqual(['dist']);
  });
});

describe('values that would not arrive as they are', () => {
  test.each<[string, unknown, string]>([
    ['NaN', { port: NaN }, 'spec.port is NaN, which no Kubernetes field accepts. Give a finite number.'],
    ['infinity', { ports: [{ port: -Infinity }] }, 'spec.ports[0].port is -Infinity, which no Kubernetes field accepts. Give a finite number.'],
    ['a number beyond 2^53', { a: { 'b/c': 2 ** 53 } },
      'spec.a["b/c"] is 9007199254740992, beyond 9007199254740991, so its last digits may be lost. Give it as text if the field takes text.'],
    ['undefined in a list', { args: ['a', undefined] }, 'spec.args[1] is undefined and would be written as null. Leave the element out.'],
    ['a lazy undefined in a list', { args: [Lazy.any({ produce: () => undefined })] }, 'spec.args[0] is undefined and would be written as null. Leave the element out.'],
    ['a function', { run: () => 1 }, 'spec.run is a function, which has no form in YAML. Give plain data.'],
    ['a symbol', { run: Symbol('x') }, 'spec.run is a symbol, which has no form in YAML. Give plain data.'],
    ['half of a character', { text: 'a\ud800' }, 'spec.text is "a\\ud800", which is not valid Unicode. Remove the half of a character.'],
  ])('fails on %s', (_, spec, message) => {
    const app = new App();
    define(new Chart(app, 'chart'), 'Object', 'Thing', { spec });
    expect(() => app.synthYaml()).toThrow(new Error(`[chart/Object] ${message}`));
  });

  test('null in a list stays null where the program says so', () => {
    const app = new App();
    define(new Chart(app, 'chart'), 'a', 'Thing', { spec: { enum: ['a', null] } });
    expect(app.synthYaml()).toBe([
      'apiVersion: v1', 'kind: Thing', 'metadata:', '  name: a', 'spec:', '  enum:', '    - a', '    - null', '',
    ].join('\n'));
  });

  test('the largest exact numbers and large integers of BigInt are written in full', () => {
    const app = new App();
    define(new Chart(app, 'chart'), 'a', 'Thing', { spec: { max: 2 ** 53 - 1, min: -(2 ** 53 - 1), exact: 2n ** 60n } });
    expect(app.synthYaml()).toContain('  exact: 1152921504606846976\n  max: 9007199254740991\n  min: -9007199254740991\n');
  });
});

describe('a construct tree', () => {
  test('is validated once, and all errors are reported together', () => {
    const app = new App();
    let calls = 0;
    const validation = { validate: () => [`error ${++calls}`] };
    for (const id of ['a', 'b', 'c']) {
      const chart = new Chart(app, id);
      define(chart, 'x').node.addValidation(validation);
    }
    expect(() => app.synthYaml()).toThrow(new Error([
      'Validation failed with the following errors:', '  [a/x] error 1', '  [b/x] error 2', '  [c/x] error 3',
    ].join('\n')));
    expect(calls).toBe(3);
  });

  test('includes the constructs that a validation defines, and their validations', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    chart.node.addValidation({
      validate: () => {
        define(chart, 'late').node.addValidation({ validate: () => ['is late'] });
        return [];
      },
    });
    expect(() => app.synthYaml()).toThrow(new Error('Validation failed with the following errors:\n  [chart/late] is late'));
  });

  test('is prepared before it is validated', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    let prepared = 0;
    beforeSynthesis(chart, () => {
      if (prepared++ === 0) {
        define(chart, 'prepared');
      }
    });
    expect(app.synthYaml()).toContain('name: prepared');
    expect(prepared).toBe(1);
  });

  test('is left as it was, so that it can be synthesized again', () => {
    const app = new App();
    const [one, two] = [new Chart(app, 'one'), new Chart(app, 'two')];
    const [a, b] = [define(one, 'a'), define(two, 'b')];
    a.addDependency(b);
    const first = app.synthYaml();
    expect(one.node.dependencies).toEqual([]);
    expect(a.node.dependencies).toEqual([b]);
    expect(app.synthYaml()).toBe(first);
  });

  test('of long dependency chains is sorted without deep recursion', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const objects = Array.from({ length: 20_000 }, (_, index) => define(chart, `o${index}`));
    objects.slice(1).forEach((object, index) => objects[index].addDependency(object));
    expect(app.synthYaml().slice(0, 60)).toBe('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: o19999\n---\n');
  });

  test('of large charts that depend on each other in a cycle is refused in linear time', () => {
    const app = new App();
    const [one, two] = [new Chart(app, 'one'), new Chart(app, 'two')];
    for (let index = 0; index < 1000; index++) {
      define(one, `o${index}`);
      define(two, `o${index}`);
    }
    one.addDependency(two);
    two.addDependency(one);
    expect(() => app.synthYaml()).toThrow(new Error('Dependency cycle detected: one => two => one'));
  });

  test('renders each object once', () => {
    const outdir = newOutdir();
    const app = new App({ outdir, recordConstructMetadata: true });
    let rendered = 0;
    class Counted extends ApiObject {
      public toJson(): any {
        rendered++;
        return super.toJson();
      }
    }
    for (const id of ['a', 'b', 'c']) {
      new Counted(new Chart(app, id), 'x', { apiVersion: 'v1', kind: 'X' });
    }
    app.synth();
    expect(rendered).toBe(3);
  });
});

describe('findings', () => {
  test('are printed on standard error after a synthesis that succeeds', () => {
    const app = new App({ outdir: newOutdir() });
    const chart = new Chart(app, 'chart');
    const rule = { id: 'TEST-001', severity: Severity.INFO, why: 'Seccomp is left out.', fix: 'Use Kubernetes 1.27.' };
    recordFinding(chart, rule, 'by the profile');
    const lines: unknown[] = [];
    const write = jest.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(line) > 0);
    try {
      app.synth();
      chart.node.addValidation({ validate: () => ['is wrong'] });
      expect(() => app.synth()).toThrow('is wrong');
    } finally {
      write.mockRestore();
    }
    expect(lines).toEqual(['TEST-001 info (1): Seccomp is left out. Use Kubernetes 1.27.\n  [chart] by the profile\n']);
  });
});

describe('the output folder', () => {
  test('keeps a file that does not change, with its time', () => {
    const outdir = newOutdir();
    const synth = (text: string) => {
      const app = new App({ outdir });
      define(new Chart(app, 'same'), 'a');
      define(new Chart(app, 'changing'), 'a', 'ConfigMap', { data: { text } });
      app.synth();
    };
    synth('one');
    fs.utimesSync(path.join(outdir, 'same.k8s.yaml'), 1, 1);
    fs.utimesSync(path.join(outdir, 'changing.k8s.yaml'), 1, 1);
    synth('two');
    expect(fs.statSync(path.join(outdir, 'same.k8s.yaml')).mtimeMs).toBe(1000);
    expect(fs.statSync(path.join(outdir, 'changing.k8s.yaml')).mtimeMs).not.toBe(1000);
    expect(fs.readFileSync(path.join(outdir, 'changing.k8s.yaml'), 'utf8')).toContain('text: two');
  });

  test('loses what the same app does not define any more', () => {
    const outdir = newOutdir();
    const app = new App({ outdir });
    define(new Chart(app, 'first'), 'a');
    app.synth();
    app.node.tryRemoveChild('first');
    define(new Chart(app, 'second'), 'b');
    app.synth();
    expect(filesIn(outdir)).toEqual(['second.k8s.yaml']);
  });

  test('may be shared by the apps of one program', () => {
    const outdir = newOutdir();
    for (const environment of ['dev', 'prod']) {
      const app = new App({ outdir: path.join(outdir, environment) });
      define(new Chart(app, 'chart'), 'a');
      app.synth();
    }
    const app = new App({ outdir });
    define(new Chart(app, 'shared'), 'a');
    app.synth();
    expect(filesIn(outdir)).toEqual(['dev/chart.k8s.yaml', 'prod/chart.k8s.yaml', 'shared.k8s.yaml']);
  });

  test('holds the same bytes after each synthesis', () => {
    const build = (outdir: string) => {
      const app = new App({ outdir });
      const chart = new Chart(app, 'chart');
      ['b', 'a', 'c'].forEach((id) => OutputFile.set(define(new Construct(chart, id), 'x', 'Kind', { metadata: { name: id } }), `files/${id}`));
      app.synth();
      return filesIn(outdir).map((file) => [file, fs.readFileSync(path.join(outdir, file), 'utf8')]);
    };
    expect(build(newOutdir())).toEqual(build(newOutdir()));
  });
});

describe('names of outputs', () => {
  test.each<[string, (app: App) => void, string]>([
    ['a chart that Windows cannot store', (app) => void define(new Chart(app, 'aux'), 'a'),
      "[aux] output file 'aux.k8s.yaml' uses 'aux', a name that Windows reserves. Rename the construct or its OutputFile."],
    ['marks that differ by case only', (app) => {
      const chart = new Chart(app, 'chart');
      OutputFile.set(define(chart, 'a'), 'prod/Checkout');
      OutputFile.set(define(chart, 'b'), 'prod/checkout');
    }, "[chart/b] output file 'prod/checkout.k8s.yaml' would overwrite 'prod/Checkout.k8s.yaml' of [chart/a]. Rename one of them."],
    ['a mark with the name of a chart', (app) => {
      define(new Chart(app, 'one'), 'a');
      OutputFile.set(define(new Chart(app, 'two'), 'b'), 'one');
    }, "[two/b] output file 'one.k8s.yaml' would overwrite 'one.k8s.yaml' of [one]. Rename one of them."],
    ['a file where another needs a folder', (app) => {
      OutputFile.set(define(new Chart(app, 'one'), 'a'), 'prod');
      OutputFile.set(define(new Chart(app, 'two'), 'b'), 'prod.k8s.yaml/x');
    }, "[two/b] output file 'prod.k8s.yaml/x.k8s.yaml' needs a folder where [one/a] writes the file 'prod.k8s.yaml'. Rename one of them."],
  ])('fails on %s', (_, fill, message) => {
    const outdir = newOutdir();
    const app = new App({ outdir });
    fill(app);
    expect(() => app.synth()).toThrow(new Error(message));
    expect(fs.existsSync(outdir)).toBe(false);
  });

  test.each([YamlOutputType.FILE_PER_RESOURCE, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE])(
    'fails where one resource would overwrite another, output type %d', (yamlOutputType) => {
      const app = new App({ outdir: newOutdir(), yamlOutputType });
      const chart = new Chart(app, 'chart');
      define(chart, 'a', 'ClusterRole', { metadata: { name: 'system:x' } });
      define(chart, 'b', 'ClusterRole', { metadata: { name: 'systemx' } });
      const folder = yamlOutputType === YamlOutputType.FILE_PER_RESOURCE ? '' : 'chart/';
      expect(() => app.synth()).toThrow(new Error(`[chart/b] output file '${folder}ClusterRole.systemx.k8s.yaml' would overwrite `
        + `'${folder}ClusterRole.systemx.k8s.yaml' of [chart/a]. Rename one of them.`));
    });

  test('fails on an extension that leaves the folder', () => {
    const outdir = newOutdir();
    const app = new App({ outdir, outputFileExtension: '/../../x.yaml' });
    define(new Chart(app, 'chart'), 'a');
    expect(() => app.synth()).toThrow(new Error("[chart] output file 'chart/../../x.yaml' leaves its folder by '..'. Rename the construct or its OutputFile."));
  });

  test('fails on a link out of the folder, and writes through a link inside', () => {
    const outdir = newOutdir();
    const elsewhere = newOutdir('elsewhere');
    [path.join(outdir, 'real'), elsewhere].forEach((folder) => fs.mkdirSync(folder, { recursive: true }));
    fs.symlinkSync(elsewhere, path.join(outdir, 'out'));
    fs.symlinkSync(path.join(outdir, 'gone'), path.join(outdir, 'dangling'));
    fs.symlinkSync('real', path.join(outdir, 'in'));
    const synth = (file: string) => {
      const app = new App({ outdir });
      OutputFile.set(define(new Chart(app, 'chart'), 'a'), file);
      app.synth();
    };
    expect(() => synth('out/x')).toThrow(new Error(`[chart/a] output file 'out/x.k8s.yaml' would be written through '${outdir}/out', `
      + `a symbolic link out of '${outdir}'. Remove the link.`));
    expect(() => synth('dangling/x')).toThrow(new Error(`[chart/a] output file 'dangling/x.k8s.yaml' would be written through '${outdir}/dangling', `
      + `a symbolic link out of '${outdir}'. Remove the link.`));
    expect(fs.readdirSync(elsewhere)).toEqual([]);
    synth('in/x');
    expect(filesIn(path.join(outdir, 'real'))).toEqual(['x.k8s.yaml']);
  });

  test('fails on a folder with the name of a file, and the reverse', () => {
    const outdir = newOutdir();
    fs.mkdirSync(path.join(outdir, 'chart.k8s.yaml'), { recursive: true });
    fs.writeFileSync(path.join(outdir, 'prod'), '');
    const app = new App({ outdir });
    const object = define(new Chart(app, 'chart'), 'a');
    expect(() => app.synth()).toThrow(new Error(`[chart] output file 'chart.k8s.yaml' cannot be written, because '${outdir}/chart.k8s.yaml' is a folder. `
      + 'Remove the folder.'));
    OutputFile.set(object, 'prod/a');
    expect(() => app.synth()).toThrow(new Error(`[chart/a] output file 'prod/a.k8s.yaml' cannot be written, because '${outdir}/prod' is a file. Remove the file.`));
  });
});

describe('constructs with an output file', () => {
  test('share none with the chart, which keeps the rest', () => {
    const outdir = newOutdir();
    const app = new App({ outdir });
    const chart = new Chart(app, 'chart');
    const service = new Construct(chart, 'service');
    OutputFile.set(service, 'prod/shop/checkout');
    define(service, 'b');
    define(service, 'a');
    define(chart, 'rest');
    const inner = new Chart(service, 'inner');
    define(inner, 'own');
    app.synth();
    expect(filesIn(outdir)).toEqual(['chart-service-inner-c84eb150.k8s.yaml', 'chart.k8s.yaml', 'prod/shop/checkout.k8s.yaml']);
    expect(objectsIn(outdir, 'prod/shop/checkout.k8s.yaml')).toEqual(['ConfigMap/a', 'ConfigMap/b']);
  });

  test('leave no file to a chart that has nothing else', () => {
    const outdir = newOutdir();
    const app = new App({ outdir });
    const chart = new Chart(app, 'chart');
    OutputFile.set(chart, 'prod/all');
    OutputFile.set(define(new Construct(chart, 'inner'), 'b'), 'prod/own');
    define(chart, 'a');
    app.synth();
    expect(filesIn(outdir)).toEqual(['prod/all.k8s.yaml', 'prod/own.k8s.yaml']);
  });

  test('list their objects in the order of installation, wherever these stand in the tree', () => {
    const kinds = [
      'Zebra', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'Deployment', 'Service', 'RoleBinding', 'Role', 'Component', 'PersistentVolumeClaim',
      'ConfigMap', 'ExternalSecret', 'ServiceAccount', 'NetworkPolicy', 'LimitRange', 'ResourceQuota', 'Namespace', 'Aardvark',
    ];
    const synth = (order: readonly string[], nested: boolean) => {
      const outdir = newOutdir();
      const app = new App({ outdir });
      const chart = new Chart(app, 'chart');
      OutputFile.set(chart, 'all');
      order.forEach((kind, index) => define(nested ? new Construct(chart, `in${index}`) : chart, kind, kind));
      define(chart, 'zz', 'Service', { metadata: { name: 'same', namespace: 'b' } });
      define(chart, 'yy', 'Service', { metadata: { name: 'same', namespace: 'a' } });
      app.synth();
      return fs.readFileSync(path.join(outdir, 'all.k8s.yaml'), 'utf8');
    };
    const text = synth(kinds, false);
    expect(synth([...kinds].reverse(), true)).toBe(text);
    expect([...text.matchAll(/^kind: (.*)$/gm)].map((match) => match[1])).toEqual([
      'Namespace', 'ResourceQuota', 'LimitRange', 'NetworkPolicy', 'ServiceAccount', 'Role', 'RoleBinding', 'ExternalSecret', 'ConfigMap',
      'PersistentVolumeClaim', 'Component', 'Service', 'Service', 'Service', 'Deployment', 'HorizontalPodAutoscaler', 'PodDisruptionBudget',
      'Aardvark', 'Zebra',
    ]);
    expect([...text.matchAll(/^ {2}namespace: (.*)$/gm)].map((match) => match[1])).toEqual(['a', 'b']);
  });

  test('list dependencies first, also those through objects of other files', () => {
    const outdir = newOutdir();
    const app = new App({ outdir });
    const chart = new Chart(app, 'chart');
    const [one, two] = [new Construct(chart, 'one'), new Construct(chart, 'two')];
    OutputFile.set(one, 'one');
    OutputFile.set(two, 'two');
    const [a, , c] = [define(one, 'a'), define(one, 'b'), define(one, 'c')];
    const between = define(two, 'between');
    const whole = new Construct(one, 'whole');
    define(whole, 'whole2', 'Service');
    define(whole, 'whole1', 'Service');
    a.addDependency(between);
    between.addDependency(c);
    c.node.addDependency(whole);
    app.synth();
    expect(objectsIn(outdir, 'one.k8s.yaml')).toEqual(['Service/whole1', 'Service/whole2', 'ConfigMap/c', 'ConfigMap/a', 'ConfigMap/b']);
  });

  test('fail when the same object stands in two of them, however it is named', () => {
    const app = new App();
    const [dev, prod] = [new Chart(app, 'dev'), new Chart(app, 'prod', { namespace: 'shop' })];
    OutputFile.set(define(dev, 'a', 'Service', { metadata: { name: 'cart', namespace: 'shop' } }), 'a');
    const other = define(prod, 'b', 'Service', { metadata: { name: 'basket' } });
    OutputFile.set(other, 'b');
    expect(app.synthYaml()).toContain('name: basket');
    other.addJsonPatch(JsonPatch.replace('/metadata/name', 'cart'));
    expect(() => app.synthYaml()).toThrow(new Error("[prod/b] defines the same Service 'cart' in namespace 'shop' as [dev/a], so the last one applied wins. "
      + 'Rename one of them or remove it.'));
  });

  test('fail for a cluster-wide object that stands in two of them', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    OutputFile.set(define(chart, 'a', 'PriorityClass', { metadata: { name: 'high' } }), 'a');
    OutputFile.set(define(chart, 'b', 'PriorityClass', { metadata: { name: 'high' } }), 'b');
    expect(() => app.synthYaml()).toThrow(new Error("[chart/b] defines the same PriorityClass 'high' as [chart/a], so the last one applied wins. "
      + 'Rename one of them or remove it.'));
  });

  test('may repeat an object of a chart without one, as charts for several clusters do', () => {
    const app = new App();
    OutputFile.set(define(new Chart(app, 'dev'), 'same'), 'a');
    define(new Chart(app, 'staging'), 'same');
    define(new Chart(app, 'prod'), 'same');
    expect(app.synthYaml().match(/name: same/g)).toHaveLength(3);
  });

  test('fail in a chart that renders itself', () => {
    class Wrapped extends Chart {
      public toJson(): any[] {
        return super.toJson();
      }
    }
    const app = new App();
    OutputFile.set(define(new Wrapped(app, 'wrapped'), 'a'), 'x');
    expect(() => app.synthYaml()).toThrow(new Error("[wrapped/a] belongs to OutputFile 'x', but its chart overrides toJson(), "
      + 'so nobody can tell its objects apart. Remove the override or the OutputFile.'));
  });

  test('are written as any other by the app of cdk8s and by other output types', () => {
    const creators = [
      (outdir: string) => new StockApp({ outdir }),
      (outdir: string) => new App({ outdir, yamlOutputType: YamlOutputType.FILE_PER_APP }),
    ];
    for (const create of creators) {
      const outdir = newOutdir();
      const app = create(outdir);
      OutputFile.set(define(new Chart(app, 'app'), 'a'), 'x');
      app.synth();
      expect(filesIn(outdir)).toEqual(['app.k8s.yaml']);
    }
  });
});
