import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { DomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { edgeHeader } from '../../../shared/platform/http/edge.ts';
import type { Domain } from './domain.ts';

export interface EdgeProps {
  domain: Domain;
  /** The API under the same name, which CloudFront passes on as the host. */
  origin: DomainName;
}

/** CloudFront with a firewall in front of the API. It tells functions by a secret header that a request came this way. */
export class Edge extends Construct {
  /** A reference that CloudFormation resolves; the template holds no secret. */
  readonly secret: string;
  readonly address: string;

  constructor(scope: Construct, id: string, { domain, origin }: EdgeProps) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      description: 'Proves to functions that a request came through CloudFront',
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.secret = secret.secretValue.unsafeUnwrap();
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Regulars at ${domain.name}`,
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificate),
      webAclId: domain.webAcl,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: {
        origin: new HttpOrigin(origin.regionalDomainName, {
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [OriginSslPolicy.TLS_V1_2],
          readTimeout: Duration.seconds(30),
          customHeaders: { [edgeHeader]: this.secret },
        }),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        // Pages and answers are somebody's own. The API compresses them itself.
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // Everything that the visitor sent, the host included, and the visitor's address as CloudFront sees it.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_AND_CLOUDFRONT_2022,
      },
    });
    this.address = distribution.distributionDomainName;

    const findings: [Construct, string, string][] = [
      [distribution, 'AwsSolutions-CFR1', 'A client may book from wherever she is.'],
      [
        distribution,
        'AwsSolutions-CFR3',
        'The API logs each request by its route. CloudFront would log paths, which carry tokens, beside addresses.',
      ],
      [
        secret,
        'AwsSolutions-SMG4',
        'It opens nothing by itself: it only tells whose address is believed. Replacing it needs CloudFront and all functions at once, which a deployment does (docs/deploy.md).',
      ],
    ];
    for (const [construct, rule, reason] of findings) Validations.of(construct).acknowledge({ id: rule, reason });
  }
}
