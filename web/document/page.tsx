import { createHash } from 'node:crypto';
import { render } from 'preact-render-to-string';
import type { OpenApi, Operation } from '../../shared/document/openapi.ts';
import { curlOf } from './curl.ts';
import { type Json, sampleOf } from './sample.ts';
import { searchScript } from './search.ts';
import { SignIn } from './sign-in.tsx';
import { css } from './style.ts';

const Code = ({ text }: { text: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
  <pre tabIndex={0}>{text}</pre>
);

const schemaIn = (content: unknown): Json | undefined =>
  Object.values((content ?? {}) as Record<string, { schema?: Json }>)[0]?.schema;

const Schema = ({ title, content }: { title: string; content: unknown }) => {
  const body = schemaIn(content);
  return body ? (
    <details class="schema">
      <summary>{title}</summary>
      <Code text={JSON.stringify(body, null, 2)} />
    </details>
  ) : null;
};

/** An answer as it could be; of files and pages there is none. */
const Sample = ({ content, named }: { content: unknown; named: Record<string, Json> }) => {
  const schema = 'application/json' in ((content ?? {}) as object) ? schemaIn(content) : undefined;
  return schema ? (
    <>
      <h3>An answer, for example</h3>
      <Code text={JSON.stringify(sampleOf(schema, named), null, 2)} />
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

interface Listed {
  method: string;
  path: string;
  operation: Operation;
}

const goodAnswer = ({ responses }: Operation): unknown =>
  Object.entries(responses).find(([status]) => status < '300')?.[1]['content'];

const Route = ({ method, path, operation, named }: Listed & { named: Record<string, Json> }) => (
  <details id={operation.operationId}>
    <summary>
      <span class="method">{method.toUpperCase()}</span>
      <span class="path">{path}</span>
      <span class="about">{operation.summary}</span>
    </summary>
    <div class="inside">
      {operation.description && <p>{operation.description}</p>}
      {operation.parameters && <Parameters rows={operation.parameters} />}
      <h3>Example</h3>
      <Code text={curlOf(method, path, operation)} />
      <Schema title="Schema of the body" content={operation.requestBody?.['content']} />
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
      <Sample content={goodAnswer(operation)} named={named} />
      <Schema title="Schema of the answer" content={goodAnswer(operation)} />
    </div>
  </details>
);

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = `default-src 'none'; style-src ${hashOf(css)}; script-src ${hashOf(searchScript)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The API's document as a page for people, in one file; its one script searches. */
export const documentPage = ({
  info,
  paths,
  servers,
  components,
}: OpenApi): { headers: Record<string, string>; body: string } => {
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const named = (components['schemas'] ?? {}) as Record<string, Json>;
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
            <a href="/v1/openapi.json">openapi.json</a> · {routes.length} routes
          </p>
          <p id="search" hidden>
            <label>
              Search <input id="find" type="search" placeholder="waiting list" autocomplete="off" />
            </label>{' '}
            <output id="found" for="find" />
          </p>
          <SignIn origin={String(servers[0]?.['url'] ?? '')} />
          {[...byTag].map(([tag, rows]) => (
            <section key={tag} class="routes">
              <h2>{tag}</h2>
              {rows.map((row) => (
                <Route key={row.operation.operationId} named={named} {...row} />
              ))}
            </section>
          ))}
        </main>
        <script type="module" dangerouslySetInnerHTML={{ __html: searchScript }} />
      </body>
    </html>,
  );
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'content-security-policy': policy,
    },
    body: `<!doctype html>${body}`,
  };
};
