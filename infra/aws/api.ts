import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  CorsHttpMethod,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Caller } from '../../shared/platform/http/contract.ts';
import { cors, type HttpRoute as ServedRoute } from '../routes.ts';
import type { Domain } from './domain/domain.ts';
import { Edge } from './domain/edge.ts';
import type { Identity } from './identity.ts';

export interface ApiProps {
  identity: Identity;
  /** The business's own domain; with it CloudFront is the only way in. */
  domain: Domain | undefined;
}

/** The one door from outside. Routes of staff check the token at the gateway, before any function starts. */
export class Api extends Construct {
  readonly http: HttpApi;
  /** `https://…`, without a trailing slash. */
  readonly url: string;
  readonly edge: Edge | undefined;
  private readonly stage: CfnStage;
  private readonly staffOnly: HttpUserPoolAuthorizer;
  private readonly anyone = new HttpNoneAuthorizer();

  constructor(scope: Construct, id: string, { identity, domain }: ApiProps) {
    super(scope, id);
    this.http = new HttpApi(this, 'Http', {
      createDefaultStage: false,
      ...(domain ? { disableExecuteApiEndpoint: true } : {}),
      corsPreflight: {
        allowOrigins: [...cors.origins],
        allowMethods: cors.methods.map((method) => CorsHttpMethod[method]),
        allowHeaders: [...cors.headers],
        maxAge: Duration.seconds(cors.maxAgeSeconds),
      },
    });
    // The name API Gateway asks for: its log policy covers this prefix once, instead of growing with every API.
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/${Aws.STACK_NAME}/api`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const origin = domain && this.domainName(domain);
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.http,
      stageName: '$default',
      autoDeploy: true,
      // Many times what a busy salon needs; above it, the answer is 429 and not a bill.
      throttle: { rateLimit: 100, burstLimit: 200 },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLog), format: withoutPersonalData },
      ...(origin ? { domainMapping: { domainName: origin } } : {}),
    });
    this.stage = stage.node.findChild('Resource') as CfnStage;
    this.staffOnly = new HttpUserPoolAuthorizer('StaffOnly', identity.pool, { userPoolClients: [identity.client] });
    this.edge = domain && origin && new Edge(this, 'Edge', { domain, origin });
    this.url = domain ? `https://${domain.name}` : this.http.apiEndpoint;
  }

  /** CloudFront hands on the host that the visitor asked for, so the API has the same name in its region. */
  private domainName({ name, regionalCertificate }: Domain): DomainName {
    return new DomainName(this, 'Domain', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'RegionalCertificate', regionalCertificate),
    });
  }

  serve(name: string, handler: Lambda, routes: readonly ServedRoute[]): void {
    if (this.edge) handler.addEnvironment('EDGE_SECRET', this.edge.secret);
    const integration = new HttpLambdaIntegration(`${name}Integration`, handler, { scopePermissionToRoute: false });
    for (const { method, path, caller, tight } of routes) {
      const added = this.http.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration,
        authorizer: Array.isArray(caller) ? this.staffOnly : this.anyone,
      });
      if (tight) this.throttle(`${method} ${path}`, added);
      const reason = whyOpen(caller);
      if (reason) for (const route of added) Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason });
    }
  }

  private throttle(key: string, routes: readonly HttpRoute[]): void {
    this.stage.routeSettings = { ...(this.stage.routeSettings as object | undefined), [key]: tightly };
    // API Gateway takes settings only of routes that are there.
    for (const route of routes) this.stage.node.addDependency(route);
  }
}

/** Holds, bookings and moves of the busiest day of a chain, several times over, and a tenth of the whole. */
const tightly = { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 };

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
    return 'Clients book without an account, and staff have no token before they sign in. What the route shows, the business publishes. Attempts to sign in are counted by household and person. Forms that book or join the waiting list carry a signed token that is some seconds old and a honeypot, and are counted by the visitor’s household and the form; a hold needs such a token and is counted, too. The gateway throttles every route, and those that write more tightly.';
  if (caller === 'link')
    return 'The authorization is the signed, expiring, single-purpose token in the path, which the function verifies before it reads or writes what the link is about; what it changes is counted by link and household. Clients have no accounts to authorize.';
  return undefined;
};
