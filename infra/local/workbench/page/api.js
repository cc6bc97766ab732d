const answerOf = async (response) => {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.detail ?? body.message ?? body.title ?? `${response.status}`);
  return body;
};

const post = (body) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** The workbench's own endpoints. */
export const local = {
  get: async (path) => answerOf(await fetch(`api/${path}`)),
  post: async (path, body = {}) => answerOf(await fetch(`api/${path}`, post(body))),
};

let token;

/** The HTTP API as the reception uses it, with a demo token. */
export const reception = async (path, body) => {
  for (let attempt = 1; ; attempt += 1) {
    token ??= (await local.post('token', { role: 'reception' })).token;
    const request = body === undefined ? { headers: {} } : post(body);
    request.headers.authorization = `Bearer ${token}`;
    const response = await fetch(path, request);
    if (response.status !== 401 || attempt === 2) return answerOf(response);
    token = undefined;
  }
};

/** The locations of the business and its country; none while it has not been set up. */
export const business = async () => {
  try {
    const [{ locations }, { country }] = await Promise.all(
      ['/v1/locations', '/v1/business'].map(async (path) => answerOf(await fetch(path))),
    );
    return { locations, country };
  } catch {
    return { locations: [], country: 'GB' };
  }
};
