import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { functions } from '../manifest.ts';
import { createStack } from './stack.ts';

const app = new App();
createStack(app, functions);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
