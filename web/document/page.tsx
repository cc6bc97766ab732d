import { createHash } from 'node:crypto';
import { render } from 'preact-render-to-string';
import type { OpenApi, Operation } from '../../shared/document/openapi.ts';
import { css } from './style.ts';

const Schema = ({ title, content }: { title: string; content: unknown }) => {
  const body = Object.values((content ?? {}) as Record<string, { schema: unknown }>)[0]?.schema;
  return body ? (
    <>
      <h3>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{JSON.stringify(body, null, 2)}</pre>
    </>
  ) : null;
};

const Parameters = ({ rows }: { rows: NonNullable<Operation['parameters']> }) => (
  <>
    <h3>Parameters</h3>
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">In</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <td>
              <code>{row.name}</code>
              {row.required ? '' : ' (optional)'}
            </td>
            <td>{row.in}</td>
            <td>{row.description ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </>
);

const Route = ({ method, path, operation }: { method: string; path: string; operation: Operation }) => (
  <details id={operation.operationId}>
    <summary>
      <span class="method">{method.toUpperCase()}</span>
      <span class="path">{path}</span>
      <span class="about">{operation.summary}</span>
    </summary>
    <div class="inside">
      {operation.description && <p>{operation.description}</p>}
      {operation.parameters && <Parameters rows={operation.parameters} />}
      <Schema title="Body" content={operation.requestBody?.['content']} />
      <h3>Answers</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(operation.responses).map(([status, response]) => (
            <tr key={status}>
              <td>{status}</td>
              <td>{String(response['description'])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Schema
        title="Answer"
        content={Object.entries(operation.responses).find(([status]) => status < '300')?.[1]['content']}
      />
    </div>
  </details>
);

const styleHash = createHash('sha256').update(css).digest('base64');

/** The API's document as a page for people: no script, one file. */
export const documentPage = ({ info, paths }: OpenApi): { headers: Record<string, string>; body: string } => {
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const byTag = Map.groupBy(routes, ({ operation }) => operation.tags[0] ?? '');
  const body = render(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${String(info['title'])} API`}</title>
        <style dangerouslySetInnerHTML={{ __html: css }} />
      </head>
      <body>
        <main>
          <h1>{String(info['title'])} API</h1>
          <p class="about">{String(info['description'])}</p>
          <p>
            <a href="/v1/openapi.json">openapi.json</a>
          </p>
          {[...byTag].map(([tag, rows]) => (
            <section key={tag}>
              <h2>{tag}</h2>
              {rows.map((row) => (
                <Route key={row.operation.operationId} {...row} />
              ))}
            </section>
          ))}
        </main>
      </body>
    </html>,
  );
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
    body: `<!doctype html>${body}`,
  };
};
