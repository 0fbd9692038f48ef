import { ApiObject } from 'cdk8s';
import type { IConstruct, IMixin } from 'constructs';

/** Names the cost centre on every object of a construct. */
export class CostCentre implements IMixin {
  constructor(private readonly number: string) {}

  public supports(construct: IConstruct): boolean {
    return ApiObject.isApiObject(construct);
  }

  public applyTo(construct: IConstruct): void {
    (construct as ApiObject).metadata.addAnnotation('acme.example/cost-centre', this.number);
  }
}
