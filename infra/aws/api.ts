import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Caller } from '../../shared/platform/http/contract.ts';
import { type HttpRoute, openMethods } from '../routes.ts';
import type { Identity } from './identity.ts';

export interface ApiProps {
  identity: Identity;
}

/** The one door from outside. Routes of staff check the token at the gateway, before any function starts. */
export class Api extends Construct {
  readonly http: HttpApi;
  private readonly staffOnly: HttpUserPoolAuthorizer;
  private readonly anyone = new HttpNoneAuthorizer();

  constructor(scope: Construct, id: string, { identity }: ApiProps) {
    super(scope, id);
    this.http = new HttpApi(this, 'Http', {
      createDefaultStage: false,
      // Booking forms may stand in any site. Without `authorization` among the headers, no other site can act for staff.
      corsPreflight: {
        allowOrigins: ['*'],
        allowMethods: openMethods.map((method) => CorsHttpMethod[method]),
        allowHeaders: ['content-type', 'idempotency-key'],
        maxAge: Duration.days(1),
      },
    });
    // The name API Gateway asks for: its log policy covers this prefix once, instead of growing with every API.
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/${Aws.STACK_NAME}/api`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.http,
      stageName: '$default',
      autoDeploy: true,
      // Many times what a busy salon needs; above it, the answer is 429 and not a bill.
      throttle: { rateLimit: 100, burstLimit: 200 },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLog), format: withoutPersonalData },
    });
    this.staffOnly = new HttpUserPoolAuthorizer('StaffOnly', identity.pool, { userPoolClients: [identity.client] });
  }

  /** `https://….execute-api.….amazonaws.com`, without a trailing slash. */
  get url(): string {
    return this.http.apiEndpoint;
  }

  serve(name: string, handler: IFunction, routes: readonly HttpRoute[]): void {
    const integration = new HttpLambdaIntegration(`${name}Integration`, handler, { scopePermissionToRoute: false });
    for (const { method, path, caller } of routes) {
      const added = this.http.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration,
        authorizer: Array.isArray(caller) ? this.staffOnly : this.anyone,
      });
      const reason = whyOpen(caller);
      if (reason) for (const route of added) Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason });
    }
  }
}

/** By route, not by path: paths of links carry tokens. No addresses, no user agents. */
const withoutPersonalData = AccessLogFormat.custom(
  JSON.stringify({
    time: '$context.requestTime',
    requestId: '$context.requestId',
    route: '$context.routeKey',
    status: '$context.status',
    latencyMs: '$context.responseLatency',
    bytes: '$context.responseLength',
    fault: '$context.integrationErrorMessage',
    refused: '$context.authorizer.error',
  }),
);

const whyOpen = (caller: Caller): string | undefined => {
  if (caller === 'public')
    return 'Clients book without an account: the route shows and takes nothing that needs a sign-in. Forms carry a signed token, a honeypot and a minimum filling time, and the function limits each address and phone.';
  if (caller === 'link')
    return 'The authorization is the signed, expiring, single-purpose token in the path, which the function verifies before anything else; clients have no accounts to authorize.';
  return undefined;
};
