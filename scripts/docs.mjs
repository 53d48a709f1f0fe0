/** `npm run docs`: API pages from the docstrings into docs/api. */
import { existsSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './lib/fresh.mjs';
import { counts, Stages } from './lib/stages.mjs';
import { prepareSources } from './lib/steps.mjs';
import { expandParams } from './lib/typedoc-params.mjs';

await prepareSources();

// TypeDoc imports `typescript` and needs the compiler written in JavaScript, which stands beside version 7 by another name.
const hook = `export const resolve = (name, context, next) => next(name === 'typescript' ? 'typescript6' : name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
const typedoc = await import('typedoc');

const stages = new Stages();
await stages.stage('docs', build);
stages.end();

async function build() {
  const library = join(ROOT, 'dist/index.js');
  const classes = existsSync(library) ? await import(pathToFileURL(library)) : {};
  const { description } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const app = await typedoc.Application.bootstrap({
    name: `fitwise: ${description.split(':')[0]}`,
    entryPoints: ['index', 'nn/index', 'testing/index'].map(name => join(ROOT, `src/${name}.ts`)).filter(existsSync),
    tsconfig: join(ROOT, 'tsconfig.build.json'),
    out: join(ROOT, 'docs/api'),
    readme: existsSync(join(ROOT, 'README.md')) ? join(ROOT, 'README.md') : 'none',
    skipErrorChecking: true,
    excludePrivate: true,
    excludeProtected: true,
    excludeInternal: true,
    disableSources: true,
    sort: ['alphabetical'],
    validation: { notExported: false, invalidLink: true, notDocumented: false },
  });
  const expanded = expandParams(typedoc, app, classes);
  const project = await app.convert();
  if (project === undefined) return counts(0, 1);
  await app.generateOutputs(project);
  const kinds = typedoc.ReflectionKind.Class | typedoc.ReflectionKind.Function;
  const all = project.getReflectionsByKind(kinds);
  const bare = all.filter(reflection => !isDocumented(reflection));
  if (bare.length > 0) console.log(`without a docstring: ${bare.map(({ name }) => name).join(', ')}`);
  console.log(`${all.length} classes and functions, ${expanded.size} tables of parameters`);
  return counts(all.length - bare.length, bare.length + app.logger.errorCount);
}

function isDocumented(reflection) {
  return reflection.hasComment() || (reflection.signatures ?? []).some(signature => signature.hasComment());
}
