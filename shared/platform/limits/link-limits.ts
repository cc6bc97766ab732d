import type { RouteContract } from '../http/contract.ts';
import { Problem } from '../http/problems.ts';
import type { Binding, RequestContext } from '../http/server.ts';
import { newId, type Random } from '../ids.ts';
import type { Telemetry } from '../telemetry.ts';
import type { Tokens } from '../tokens/tokens.ts';
import type { Counters, Limits } from './counters.ts';
import { type HouseholdLimits, householdKey, ofHousehold } from './household.ts';
import { holderPurpose, ofToken, type TokenLimits } from './token.ts';

type LinkLimits = HouseholdLimits & TokenLimits;

/** Whether the route does something for whoever holds a link. */
const isActByLink = ({ caller, method }: RouteContract): boolean => caller === 'link' && method !== 'GET';

/** Links of one kind. */
interface LinkKind {
  name: string;
  /** Id of what a link leads to. Throws link_invalid, link_expired. */
  subjectOf: (token: string) => Promise<string>;
}

/**
 * Counts every act by a link, whatever the route, by what the link leads to and by the household, per minute, hour and
 * day. Only the former refuses: whoever was sent a link isn't held up by what their neighbours did at the forms. Contracts
 * that are `neverRefused` are counted and done, and done also where counting fails. A link that is not good is refused
 * before anything is written. `limitsOf`: the business's settings, as recent as they are.
 */
export const createLinkLimits = (deps: {
  counters: Counters;
  tokens: Pick<Tokens, 'pseudonym'>;
  random: Random;
  telemetry: Pick<Telemetry, 'error'>;
  limitsOf: () => Promise<LinkLimits>;
}) => {
  const { counters, tokens, random, telemetry, limitsOf } = deps;

  /** Refusal where there are too many. */
  const counted = async (holder: string, limits: Limits): Promise<Problem | undefined> => {
    try {
      await counters.count(holder, newId(random), limits);
      return undefined;
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  };

  /** Refusal where too much is done by the link; what the household does is counted alone. */
  const countedAct = async (link: string, sourceIp: string): Promise<Problem | undefined> => {
    const [limits, holder, household] = await Promise.all([
      limitsOf(),
      tokens.pseudonym(holderPurpose, link),
      householdKey(tokens, sourceIp),
    ]);
    const [refusal] = await Promise.all([
      counted(holder, ofToken(limits)),
      counted(household, ofHousehold(sourceIp, limits)),
    ]);
    return refusal;
  };

  const countFirst = (binding: Binding, kind: LinkKind): Binding => {
    const { contract, handle } = binding;
    if (!isActByLink(contract)) return binding;
    return {
      contract,
      async handle(call: never) {
        const { params, context } = call as { params: { token: string }; context: RequestContext };
        const subject = await kind.subjectOf(params.token);
        const counting = countedAct(`${kind.name}.${subject}`, context.sourceIp);
        if (contract.neverRefused) {
          await counting.catch((error: unknown) => telemetry.error('not counted', error, { route: contract.id }));
          return handle(call);
        }
        const refusal = await counting;
        if (refusal) throw refusal;
        return handle(call);
      },
    };
  };

  return (kind: LinkKind, bindings: readonly Binding[]): Binding[] =>
    bindings.map((binding) => countFirst(binding, kind));
};
