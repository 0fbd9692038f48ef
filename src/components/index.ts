export * from '../dapr/dapr-component';
