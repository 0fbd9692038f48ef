import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** Takes traces by OTLP over gRPC as an OpenTelemetry collector does, and remembers them. */
export class TraceCollector {
  static async start(): Promise<TraceCollector> {
    const collector = new TraceCollector();
    await new Promise<void>((resolve) => collector.server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  private readonly received: Buffer[] = [];
  private readonly sessions = new Set<ServerHttp2Session>();
  private readonly server: Http2Server = createServer();

  private constructor() {
    this.server.on('session', (session) => { this.sessions.add(session); });
    this.server.on('stream', (stream, headers) => {
      if (headers[':path'] !== '/opentelemetry.proto.collector.trace.v1.TraceService/Export') return stream.close();
      const chunks: Uint8Array[] = [];
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      stream.on('end', () => {
        this.received.push(Buffer.concat(chunks));
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
        stream.end(Buffer.alloc(5)); // an answer without content
      });
    });
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Whether a service has reported a part of a trace. */
  has(traceId: string, service: string): boolean {
    // As it is encoded: the key, and then a value of one field, which is the text.
    const name = Buffer.concat([Buffer.from('service.name'), Buffer.from([0x12, service.length + 2, 0x0a, service.length]), Buffer.from(service)]);
    return this.received.some((report) => report.includes(Buffer.from(traceId, 'hex')) && report.includes(name));
  }

  stop(): void {
    this.server.close();
    this.sessions.forEach((session) => session.destroy());
  }
}
