/** Target of a request: a method, or `ANY`, and a path as API Gateway writes them. */
export interface Routed {
  method: string;
  /** `/v1/clients/{clientId}`: a name in braces is one segment, `{name+}` at the end all that follow. */
  path: string;
}

export interface Found<R> {
  route: R;
  /** By name, as they stand in the path that was asked for. */
  params: Record<string, string>;
}

export interface Router<R> {
  /**
   * The route for a request, chosen as API Gateway does: a path that fits to its end goes before a greedy one, a word
   * before a variable, and of greedy ones the longest.
   */
  find(method: string, path: string): Found<R> | undefined;
  /** The methods of all routes that fit a path to its end. */
  methods(path: string): string[];
}

interface Node<R> {
  words: Map<string, Node<R>>;
  variable: Node<R> | undefined;
  /** Routes that end here, by method. */
  routes: Map<string, R>;
  /** Routes that take whatever follows, by method. */
  greedy: Map<string, R>;
}

const emptyNode = <R>(): Node<R> => ({ words: new Map(), variable: undefined, routes: new Map(), greedy: new Map() });

const isVariable = (segment: string): boolean => segment.startsWith('{');
const isGreedy = (segment: string): boolean => segment.endsWith('+}');

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

const nextNode = <R>(node: Node<R>, segment: string): Node<R> => {
  if (isVariable(segment)) {
    node.variable ??= emptyNode();
    return node.variable;
  }
  const next = node.words.get(segment) ?? emptyNode<R>();
  node.words.set(segment, next);
  return next;
};

const add = <R extends Routed>(root: Node<R>, route: R): void => {
  let node = root;
  let places = node.routes;
  for (const segment of segmentsOf(route.path)) {
    if (isGreedy(segment)) {
      places = node.greedy;
    } else {
      node = nextNode(node, segment);
      places = node.routes;
    }
  }
  const other = places.get(route.method);
  if (other) throw new Error(`${route.method} ${route.path} is a route twice, as ${other.path} too`);
  places.set(route.method, route);
};

/** Nodes on the way of a path, the deepest and most exact first, with how many segments lead there. */
function* nodesOf<R>(node: Node<R>, asked: readonly string[], depth = 0): Generator<[node: Node<R>, depth: number]> {
  const segment = asked[depth];
  if (segment !== undefined) {
    const word = node.words.get(segment);
    if (word) yield* nodesOf(word, asked, depth + 1);
    if (node.variable && segment !== '') yield* nodesOf(node.variable, asked, depth + 1);
  }
  yield [node, depth];
}

const paramsOf = ({ path }: Routed, asked: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    segmentsOf(path).flatMap((segment, index) => {
      if (!isVariable(segment)) return [];
      const text = isGreedy(segment) ? asked.slice(index).join('/') : (asked[index] ?? '');
      return [[segment.replace(/^\{|\+?\}$/g, ''), text]];
    }),
  );

/** Throws if two routes are the same but for the names of their variables. */
export const createRouter = <R extends Routed>(routes: readonly R[]): Router<R> => {
  const root = emptyNode<R>();
  for (const route of routes) add(root, route);

  const routeFor = (method: string, asked: readonly string[]): R | undefined => {
    let greedy: R | undefined;
    for (const [node, depth] of nodesOf(root, asked)) {
      const places = depth === asked.length ? node.routes : node.greedy;
      const route = places.get(method) ?? places.get('ANY');
      if (route && depth === asked.length) return route;
      // The rest is never empty.
      if (asked[depth] !== '') greedy ??= route;
    }
    return greedy;
  };

  return {
    find: (method, path) => {
      const asked = segmentsOf(path);
      const route = routeFor(method, asked);
      return route && { route, params: paramsOf(route, asked) };
    },
    methods: (path) => {
      const asked = segmentsOf(path);
      const ends = [...nodesOf(root, asked)].filter(([, depth]) => depth === asked.length);
      return [...new Set(ends.flatMap(([node]) => [...node.routes.keys()]))];
    },
  };
};
