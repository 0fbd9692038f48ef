import type { Construct } from 'constructs';
import { knownComponent } from './known-component';
import type { KnownComponentProps } from './known-component-props';
import type { DaprComponent } from '../dapr-component';

/**
 * Components by which services talk to language models.
 *
 * @example
 *
 * declare const support: Microservice;
 * support.uses(components.Conversations.openAi(this, 'assistant', { secrets: { key: SecretReference.of('openai', 'key') } }));
 */
export class Conversations {
  /**
   * OpenAI, `conversation.openai`.
   */
  public static openAi(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'conversation.openai', hosts: ['api.openai.com'] }, props);
  }

  /**
   * Anthropic, `conversation.anthropic`.
   */
  public static anthropic(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'conversation.anthropic', hosts: ['api.anthropic.com'] }, props);
  }

  /**
   * AWS Bedrock, `conversation.aws.bedrock`: the host of `region` in metadata.
   */
  public static awsBedrock(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'conversation.aws.bedrock', hosts: ['bedrock-runtime.{region}.amazonaws.com'] }, props);
  }

  /**
   * Ollama, `conversation.ollama`: port 11434. Sets `endpoint`.
   */
  public static ollama(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'conversation.ollama', port: 11_434, fields: { endpoint: '{scheme}://{host}:{port}/v1' } }, props);
  }

  private constructor() {}
}
