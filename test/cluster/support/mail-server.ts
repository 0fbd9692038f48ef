import { createServer, type Server, type Socket, AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** Takes mail by SMTP from everybody and keeps it. */
export class MailServer {
  static async start(): Promise<MailServer> {
    const mailServer = new MailServer();
    await new Promise<void>((resolve) => mailServer.server.listen(0, '127.0.0.1', resolve));
    return mailServer;
  }

  /** The text of each message, headers included. */
  readonly messages: string[] = [];
  private readonly server: Server = createServer((socket) => this.serve(socket));

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  stop(): void {
    this.server.close();
  }

  private serve(socket: Socket): void {
    let message: string[] | undefined;
    socket.write('220 ready\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      if (message && line !== '.') {
        message.push(line);
      } else if (message) {
        this.messages.push(message.join('\n'));
        message = undefined;
        socket.write('250 taken\r\n');
      } else if (/^DATA/i.test(line)) {
        message = [];
        socket.write('354 go on\r\n');
      } else if (/^EHLO/i.test(line)) {
        socket.write('250-localhost\r\n250 AUTH PLAIN\r\n');
      } else if (/^QUIT/i.test(line)) {
        socket.end('221 bye\r\n');
      } else {
        socket.write(/^AUTH/i.test(line) ? '235 known\r\n' : '250 ok\r\n');
      }
    });
  }
}
