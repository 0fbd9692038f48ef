import { QualityOfService } from '../../src/values/quality-of-service';

test('the classes have the names that Kubernetes reports', () => {
  expect(Object.values(QualityOfService)).toEqual(['Guaranteed', 'Burstable', 'BestEffort']);
});
