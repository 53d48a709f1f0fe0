/**
 * A plugin for TypeDoc that shows the parameters of estimators and the options of what is made with a `spec`. They are
 * written once, there, and the compiler infers `ParamsOf<typeof spec>` and `OptionsOf<typeof spec>`: mapped types, of
 * which TypeDoc by itself would print no more than the names.
 */

/** Adds a table to each such type, and those of parameters to their classes; gives the tables by the type's name. */
export function expandParams(typedoc, app, classes) {
  const tables = new Map();
  const { Comment, CommentTag, Converter, ReflectionKind } = typedoc;

  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (reflection.kind !== ReflectionKind.TypeAlias || !/(Params|Options)$/.test(reflection.name)) return;
    const symbol = context.getSymbolFromReflection(reflection);
    const declaration = symbol?.declarations?.[0];
    if (declaration === undefined || !/\b(Params|Options)Of</.test(declaration.getText())) return;
    const className = reflection.name.replace(/Params$/, '');
    tables.set(reflection.name, parameterTable(context.checker, symbol, defaultsOf(classes[className])));
    addTable(reflection, tables.get(reflection.name));
  });

  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, context => {
    for (const reflection of context.project.getReflectionsByKind(ReflectionKind.Class)) {
      const table = tables.get(`${reflection.name}Params`);
      if (table !== undefined) addTable(reflection, table);
    }
  });

  function addTable(reflection, table) {
    reflection.comment ??= new Comment([]);
    reflection.comment.blockTags.unshift(new CommentTag('@parameters', [{ kind: 'text', text: table }]));
  }
  return tables;
}

function parameterTable(checker, symbol, defaults) {
  const rows = checker
    .getDeclaredTypeOfSymbol(symbol)
    .getProperties()
    .map(property => {
      const type = checker.typeToString(checker.getTypeOfSymbol(property));
      const doc = property
        .getDocumentationComment(checker)
        .map(part => part.text)
        .join('')
        .replace(/\s+/g, ' ');
      const value =
        defaults !== undefined && property.name in defaults ? JSON.stringify(defaults[property.name]) : undefined;
      return [`\`${property.name}\``, `\`${type}\``, value === undefined ? '' : `\`${value}\``, doc];
    });
  const cell = text => text.replaceAll('|', '\\|');
  // Options have their defaults in their meanings.
  const columns = defaults === undefined ? [0, 1, 3] : [0, 1, 2, 3];
  const lines = [['name', 'type', 'default', 'meaning'], ['---', '---', '---', '---'], ...rows];
  return lines.map(line => `| ${columns.map(column => cell(line[column])).join(' | ')} |`).join('\n');
}

/** The defaults that a class really has; none for one that cannot be made without arguments. */
function defaultsOf(Class) {
  try {
    return new Class().params;
  } catch {
    return undefined;
  }
}
