// Generated from knative-eventing.eventing.knative.dev.yaml by scripts/import.ts.

export interface BrokerSpec {
  config?: BrokerSpecConfig;
  delivery?: BrokerSpecDelivery;
}

export interface BrokerSpecConfig {
  apiVersion?: string;
  kind?: string;
  name?: string;
  namespace?: string;
}

export interface BrokerSpecDelivery {
  backoffDelay?: string;
  backoffPolicy?: string;
  deadLetterSink?: any;
  retry?: number;
}

export interface TriggerSpec {
  broker?: string;
  brokerRef?: any;
  delivery?: TriggerSpecDelivery;
  filter?: TriggerSpecFilter;
  filters?: any[];
  subscriber?: TriggerSpecSubscriber;
}

export interface TriggerSpecDelivery {
  backoffDelay?: string;
  backoffPolicy?: string;
  deadLetterSink?: any;
  retry?: number;
  format?: string;
}

export interface TriggerSpecFilter {
  attributes?: any;
}

export interface TriggerSpecSubscriber {
  ref?: TriggerSpecSubscriberRef;
  uri?: string;
  CACerts?: string;
  audience?: string;
}

export interface TriggerSpecSubscriberRef {
  apiVersion?: string;
  kind?: string;
  name?: string;
  namespace?: string;
}
