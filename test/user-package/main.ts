import { definePlatform } from './platform';
import { App } from 'cdk8s-microservices';

const app = new App();
definePlatform(app);
app.synth();
