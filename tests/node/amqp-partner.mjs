// A partner at the broker, by amqplib.
//   node amqp-partner.mjs rights <url> <own prefix> <exchange> <a queue of somebody else>   tries what it may and may not; prints JSON
//   node amqp-partner.mjs bind <url> <queue> <exchange> <pattern>                            declares and binds a queue of its own
//   node amqp-partner.mjs take <url> <queue> <count>                                         takes so many messages; prints one JSON line each
import { randomUUID } from 'node:crypto';
import amqp from 'amqplib';

const [task, url, ...rest] = process.argv.slice(2);
const connection = await amqp.connect(url);
connection.on('error', () => {});

/** A refusal closes the channel, hence one for each attempt. The broker answers a forbidden publication only by closing it. */
const attempt = async (work) => {
  const channel = await connection.createConfirmChannel();
  const closed = new Promise((resolve) => channel.on('error', (error) => resolve(error.code ?? 0)));
  try {
    const outcome = await Promise.race([work(channel).then(() => 'allowed'), closed]);
    if (outcome === 'allowed') await channel.close();
    return outcome;
  } catch (error) {
    return error.code ?? (await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 2000, error.message))]));
  }
};

const publish = (exchange, key) => (channel) =>
  new Promise((resolve, reject) => channel.publish(exchange, key, Buffer.from('{}'), {}, (error) => (error ? reject(error) : resolve())));

if (task === 'rights') {
  const [prefix, exchange, foreign] = rest;
  const own = prefix + randomUUID();
  const result = {
    declareOwnQueue: await attempt((c) => c.assertQueue(own, { durable: true })),
    bindOwnQueue: await attempt((c) => c.bindQueue(own, exchange, 'vn.halong.#')),
    readOwnQueue: await attempt((c) => c.get(own)),
    declareOwnExchange: await attempt((c) => c.assertExchange(own + '.x', 'fanout', { durable: true })),
    deadLetterToOwnExchange: await attempt((c) => c.assertQueue(own + '.d', { deadLetterExchange: own + '.x' })),
    publishToPublicExchange: await attempt(publish(exchange, 'vn.halong.forged')),
    publishPastTheExchange: await attempt(publish('', foreign)),
    readForeignQueue: await attempt((c) => c.get(foreign)),
    purgeForeignQueue: await attempt((c) => c.purgeQueue(foreign)),
    deleteForeignQueue: await attempt((c) => c.deleteQueue(foreign)),
    declareForeignQueue: await attempt((c) => c.assertQueue('notification-log-public-event', { durable: true })),
    declareForeignExchange: await attempt((c) => c.assertExchange('halong.other', 'topic')),
    deletePublicExchange: await attempt((c) => c.deleteExchange(exchange)),
    redeclarePublicExchange: await attempt((c) => c.assertExchange(exchange, 'topic', { durable: true })),
    bindToInternalExchange: await attempt((c) => c.bindQueue(own, 'halong.dossier-submitted.v1', '#')),
    deadLetterToPublicExchange: await attempt((c) => c.assertQueue(own + '.e', { deadLetterExchange: exchange })),
    namedByBroker: await attempt((c) => c.assertQueue('', {})),
    removeOwnQueue: await attempt((c) => c.deleteQueue(own)),
  };
  console.log(JSON.stringify(result));
} else if (task === 'bind') {
  const [queue, exchange, pattern] = rest;
  const channel = await connection.createChannel();
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  await channel.bindQueue(queue, exchange, pattern);
  await channel.close();
} else if (task === 'take') {
  const [queue, count] = rest;
  const channel = await connection.createChannel();
  await channel.prefetch(10);
  let left = Number(count);
  await new Promise((resolve) => {
    channel.consume(queue, (message) => {
      if (left <= 0) return;
      const { properties, fields, content } = message;
      console.log(JSON.stringify({
        key: fields.routingKey, id: properties.messageId, contentType: properties.contentType, type: properties.type,
        sequence: properties.headers.sequence, dossier: properties.headers.dossier, persistent: properties.deliveryMode === 2, body: content.toString('utf8'),
      }));
      channel.ack(message);
      left -= 1;
      if (left === 0) resolve();
    });
  });
  await channel.close();
} else {
  console.error('usage: see the head of this file');
  process.exit(2);
}
await connection.close();
