import { GitRepository } from '../../src/delivery';

const KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ';
const reach = { secretName: 'configuration-backup', cidrs: ['10.40.0.0/28'] };
const ssh = (url: string, options = {}) => GitRepository.ssh(url, { ...reach, knownHosts: [`git.example.com ssh-ed25519 ${KEY}`], ...options });
const https = (url: string, options = {}) => GitRepository.https(url, { ...reach, ...options });

test('a repository is reached by SSH with a key, and its server is known by its own', () => {
  expect(ssh('ssh://git@git.example.com/acme/configuration.git')).toMatchObject({ _port: 22, _secretKeys: ['ssh-privatekey'], path: '' });
  expect(ssh('ssh://git@git.example.com:2222/acme/configuration.git', { knownHosts: [`[git.example.com]:2222,[10.40.0.1]:2222 ssh-ed25519 ${KEY}`] }))
    .toMatchObject({ _port: 2222 });
});

test('a repository is reached by HTTPS with a password, which may be a token', () => {
  expect(https('https://git.example.com/acme/configuration.git', { path: 'europe/one' })).toMatchObject({
    _port: 443, _secretKeys: ['username', 'password'], path: 'europe/one', secretName: 'configuration-backup',
  });
  expect(String(https('https://git.example.com:8443/acme/configuration'))).toBe('https://git.example.com:8443/acme/configuration');
});

const byssh = "is not an address of a repository by SSH. Write one such as 'ssh://git@git.example.com/acme/configuration.git'.";

test.each<[() => GitRepository, string]>([
  [() => ssh('git@git.example.com:acme/configuration.git'), `GitRepository.ssh: 'git@git.example.com:acme/configuration.git' ${byssh}`],
  [() => ssh('https://git.example.com/acme/configuration.git'), `GitRepository.ssh: 'https://git.example.com/acme/configuration.git' ${byssh}`],
  [() => ssh('ssh://git.example.com/acme/configuration.git'), `GitRepository.ssh: 'ssh://git.example.com/acme/configuration.git' ${byssh}`],
  [() => ssh(`ssh://git:${'hunter'}@git.example.com/acme/configuration.git`), `GitRepository.ssh: the url ${byssh}`],
  [() => ssh('ssh://git@git.example.com/../configuration.git'), `GitRepository.ssh: 'ssh://git@git.example.com/../configuration.git' ${byssh}`],
  [() => ssh('ssh://git@git.example.com/acme/configuration.git', { knownHosts: [] }),
    "GitRepository.ssh: knownHosts have no key of 'git.example.com', so anybody could answer in its place. Add the line that 'ssh-keyscan git.example.com' prints, once you have compared it."],
  [() => ssh('ssh://git@git.example.com:2222/acme/configuration.git'),
    "GitRepository.ssh: knownHosts have no key of '[git.example.com]:2222', so anybody could answer in its place. Add the line that 'ssh-keyscan -p 2222 git.example.com' prints, once you have compared it."],
  [() => ssh('ssh://git@git.example.com/acme/configuration.git', { knownHosts: ['git.example.com'] }),
    "GitRepository.ssh: 'git.example.com' is not a line of known_hosts. Write host, type and key as 'ssh-keyscan git.example.com' prints them."],
  [() => https('http://git.example.com/acme/configuration.git'),
    "GitRepository.https: 'http://git.example.com/acme/configuration.git' is not an https address of a repository. Write one such as 'https://git.example.com/acme/configuration.git'."],
  [() => https('https://git.example.com'),
    "GitRepository.https: 'https://git.example.com' is not an https address of a repository. Write one such as 'https://git.example.com/acme/configuration.git'."],
  [() => https(`https://backup:${'hunter'}@git.example.com/acme/configuration.git`),
    'GitRepository.https: the address holds credentials, and manifests are read by everybody. Leave them out, and name a Secret in secretName.'],
  [() => https('https://git.example.com/acme/configuration.git', { secretName: 'Backup' }),
    "GitRepository.https: secretName 'Backup' is not a DNS subdomain: it has 'B'. Write 'backup'."],
  [() => https('https://git.example.com/acme/configuration.git', { cidrs: [] }),
    "GitRepository.https: no address range of 'https://git.example.com/acme/configuration.git' given, so no network policy could let a backup reach it. Name its ranges in cidrs, such as ['10.40.0.0/28']."],
  [() => https('https://git.example.com/acme/configuration.git', { cidrs: ['0.0.0.0/0'] }),
    'NetworkPeer.cidr: 0.0.0.0/0 holds every address, so little would be denied. Name the range that is really needed, or use NetworkPeer.internet({ reason }) in a ServiceNetworkPolicy.'],
  [() => https('https://git.example.com/acme/configuration.git', { path: '../europe' }),
    "GitRepository.https: path '../europe' is not folders joined by '/'. Use letters, digits, '-', '_' and '.', such as 'europe'."],
])('fails on a repository that nobody could reach, or anybody could play', (define, message) => {
  expect(define).toThrow(new Error(message));
});
