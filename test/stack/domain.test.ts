import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functions } from '../../infra/manifest.ts';
import { edgeHeader } from '../../shared/platform/http/edge.ts';
import { domainContext } from './fixtures/domain.ts';
import { deployedStack, synthesise } from './synthesise.ts';

const { json, ofType, findings } = synthesise(functions, domainContext);
const own = deployedStack();
const only = (type: string): Record<string, unknown> => {
  const all = ofType(type).map(([, { Properties }]) => Properties);
  expect(all, type).toHaveLength(1);
  return all[0] ?? {};
};
const inHttp = Object.entries(functions).filter(([, { trigger }]) => trigger.kind === 'http');
const environmentOf = (name: string) =>
  ofType('AWS::Lambda::Function')
    .map(([, { Properties }]) => Properties)
    .find(({ Description }) => Description === name)?.['Environment'] as
    | { Variables: Record<string, unknown> }
    | undefined;

describe('a stack with a domain of its own', () => {
  const { DistributionConfig: distribution } = only('AWS::CloudFront::Distribution') as {
    DistributionConfig: Record<string, unknown> & {
      Origins: Record<string, unknown>[];
      DefaultCacheBehavior: Record<string, unknown>;
    };
  };

  it('answers at CloudFront, with the firewall and the certificate that the context names', () => {
    expect(distribution).toMatchObject({
      Aliases: [domainContext.domain],
      WebACLId: domainContext.webAcl,
      ViewerCertificate: { AcmCertificateArn: domainContext.certificate, MinimumProtocolVersion: 'TLSv1.2_2021' },
    });
  });

  it('caches nothing, and hands on all that the visitor sent', () => {
    expect(distribution.DefaultCacheBehavior).toMatchObject({
      ViewerProtocolPolicy: 'redirect-to-https',
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: '33f36d7e-f396-46d9-90e0-52428a34d9dc',
      AllowedMethods: expect.arrayContaining(['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']),
    });
  });

  it('reaches the API under the same name in its region, over TLS alone', () => {
    const [domainId] = ofType('AWS::ApiGatewayV2::DomainName')[0] ?? [];
    expect(only('AWS::ApiGatewayV2::DomainName')).toMatchObject({
      DomainName: domainContext.domain,
      DomainNameConfigurations: [
        expect.objectContaining({ CertificateArn: domainContext.regionalCertificate, EndpointType: 'REGIONAL' }),
      ],
    });
    expect(distribution.Origins).toEqual([
      expect.objectContaining({
        DomainName: { 'Fn::GetAtt': [domainId, 'RegionalDomainName'] },
        CustomOriginConfig: expect.objectContaining({
          OriginProtocolPolicy: 'https-only',
          OriginSSLProtocols: ['TLSv1.2'],
        }),
      }),
    ]);
    expect(only('AWS::ApiGatewayV2::ApiMapping')).toMatchObject({ DomainName: { Ref: domainId } });
  });

  it('closes the address that API Gateway gives', () => {
    expect(only('AWS::ApiGatewayV2::Api')).toMatchObject({ DisableExecuteApiEndpoint: true });
    expect(JSON.stringify(json)).not.toContain('.execute-api.');
  });

  it.each(inHttp)('tells %s the secret that CloudFront sends, which stands nowhere in the template', (name) => {
    const secret = environmentOf(name)?.Variables['EDGE_SECRET'];
    const [secretId] = ofType('AWS::SecretsManager::Secret')[0] ?? [];
    expect(secret).toEqual({
      'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: secretId }, ':SecretString:::}}']],
    });
    expect(distribution.Origins[0]?.['OriginCustomHeaders']).toEqual([{ HeaderName: edgeHeader, HeaderValue: secret }]);
  });

  it.each(inHttp)('has %s look at the secret', (_, { entry }) => {
    expect(readFileSync(entry, 'utf8')).toMatch(/handler = behindEdge\(\s*edgeSecret,/);
  });

  it('begins every link with the domain', () => {
    const urls = Object.keys(functions).map((name) => environmentOf(name)?.Variables['PUBLIC_URL']);
    expect(new Set(urls.filter((url) => url !== undefined))).toEqual(new Set([`https://${domainContext.domain}`]));
    expect(json.Outputs).toMatchObject({
      ApiUrl: { Value: `https://${domainContext.domain}` },
      DomainTarget: { Value: { 'Fn::GetAtt': [expect.any(String), 'DomainName'] } },
    });
  });

  it('leaves nothing more behind, and no finding of cdk-nag unanswered', () => {
    const staying = Object.values(json.Resources).filter(({ DeletionPolicy }) => DeletionPolicy !== 'Delete');
    expect(staying.map(({ Type }) => Type)).toEqual(['AWS::DynamoDB::GlobalTable']);
    expect(findings).toEqual([]);
  });
});

describe('without one', () => {
  it('nothing of it is there', () => {
    const text = JSON.stringify(own.json);
    for (const trace of ['CloudFront', 'SecretsManager', 'EDGE_SECRET', 'DisableExecuteApiEndpoint', 'ApiMapping'])
      expect(text).not.toContain(trace);
  });

  it.each([
    ['domain', 'https://book.example.com'],
    ['certificate', domainContext.regionalCertificate],
    ['regionalCertificate', undefined],
    ['webAcl', 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/regulars/1'],
  ])('and a %s of %j is refused by name', (name, value) => {
    expect(() => synthesise({}, { ...domainContext, [name]: value })).toThrow(`"${name}"`);
  });
});

it('counts by address, in the rules that docs/deploy.md makes the web ACL of', () => {
  const [rule] = JSON.parse(readFileSync('infra/aws/domain/rate-rules.json', 'utf8')) as Record<string, unknown>[];
  expect(rule).toMatchObject({ Statement: { RateBasedStatement: { AggregateKeyType: 'IP' } }, Action: { Block: {} } });
});
