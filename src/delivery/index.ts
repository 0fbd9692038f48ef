export * from '../values/git-repository';
export * from './argo-cd-repository';
export * from './argo-cd-settings';
export * from './argo-cd-source';
export * from './delivery-defaults';
export * from './helm/helm-charts';
export * from './ignored-difference';
export * from './installed-chart';
