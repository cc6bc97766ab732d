import type { Stack } from 'aws-cdk-lib';

/** The business's own domain, from the context of CDK. */
export interface Domain {
  /** `book.example.com`. */
  name: string;
  /** Certificate for the name in us-east-1: CloudFront's. */
  certificate: string;
  /** Certificate for the same name in the stack's region: API Gateway's. */
  regionalCertificate: string;
  /** Web ACL of AWS WAF for CloudFront, which counts and blocks. */
  webAcl: string;
}

const forms: Readonly<Record<string, { form: RegExp; like: string }>> = {
  domain: { form: /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, like: 'book.example.com' },
  certificate: {
    form: /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
    like: 'the ARN of a certificate in us-east-1',
  },
  regionalCertificate: {
    form: /^arn:aws[\w-]*:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/,
    like: "the ARN of a certificate in the stack's region",
  },
  webAcl: {
    form: /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/,
    like: 'the ARN of a web ACL for CloudFront',
  },
};

/** Undefined without `-c domain=…`. Throws when one of the other three values is missing or malformed. */
export const domainOf = (stack: Stack): Domain | undefined => {
  if (stack.node.tryGetContext('domain') === undefined) return undefined;
  const read = (name: string): string => {
    const value: unknown = stack.node.tryGetContext(name);
    const { form, like } = forms[name] ?? { form: /^$/, like: '' };
    if (typeof value === 'string' && form.test(value)) return value;
    throw new Error(
      `With a domain of your own the context value "${name}" is ${like} (docs/deploy.md); this is not: ${value}`,
    );
  };
  return {
    name: read('domain'),
    certificate: read('certificate'),
    regionalCertificate: read('regionalCertificate'),
    webAcl: read('webAcl'),
  };
};
