/** First steps of whoever reads the document for the first time. */
export const SignIn = ({ origin }: { origin: string }) => (
  <section id="start" class="start">
    <h2>How to start</h2>
    <p>The commands on this page are for a shell that knows the address of the API:</p>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
    <pre tabIndex={0}>{`api=${origin}`}</pre>
    <p>
      <strong>Public routes</strong> and those with a link’s token in their path need nothing else. A form needs a token
      from <a href="#getFormToken">/v1/form-token</a>, and is refused when it is sent faster than people type.
    </p>
    <p>
      <strong>Routes for staff</strong> need the ID token of somebody who has signed in. It lasts 15 minutes; the cookie
      that comes with it gets the next one from <a href="#refreshSession">/v1/session/refresh</a>.
    </p>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
    <pre tabIndex={0}>{`token=$(curl -s "$api/v1/session" -H 'content-type: application/json' \\
  -d '{ "email": "reception@example.com", "password": "…" }' | sed 's/.*"idToken":"\\([^"]*\\)".*/\\1/')`}</pre>
    <p>
      Owners and managers also give a code of their authenticator: the answer to signing in says so. With{' '}
      <code>npm start</code> the terminal prints four people and their passwords, and the workbench (
      <code>/_local/#tokens</code>) hands out tokens of every role.
    </p>
    <p>
      <strong>Each new thing</strong> carries an <code>Idempotency-Key</code>: a request that is sent again with the
      same key does nothing twice. <strong>Each change</strong> carries in <code>If-Match</code> the version that was
      read.
    </p>
  </section>
);
