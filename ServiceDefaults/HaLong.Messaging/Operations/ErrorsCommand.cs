using System.Globalization;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client.Exceptions;

namespace HaLong.Messaging;

/// <summary>The run mode <c>errors</c> of every service: see what failed and why, then send it back.</summary>
internal static class ErrorsCommand
{
    private const int Listed = 50;

    private const string Usage = """
        errors list [queue]                  error queues of this service, or the messages of one
        errors show <queue> <n>              the n-th message: why it failed, and its body (personal data masked)
        errors replay <queue> [messageId]    moves all messages, or one, back to the queue, unchanged
        """;

    public static async Task<int> RunAsync(IServiceProvider services, string[] args, TextWriter output)
    {
        // Building the bus names its queues; it is not started.
        _ = services.GetRequiredService<IBusControl>();
        var queues = new ErrorQueues(
            services.GetRequiredService<IConfiguration>().GetConnectionString("broker")!, services.GetRequiredService<EndpointNames>().All);
        try
        {
            return args switch
            {
                ["list"] => await ListQueuesAsync(queues, output),
                ["list", var queue] => await ListMessagesAsync(queues, queue, output),
                ["show", var queue, var n] when int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 =>
                    await ShowAsync(queues, queue, number, output),
                ["replay", var queue] => await ReplayAsync(queues, queue, null, output),
                ["replay", var queue, var id] => await ReplayAsync(queues, queue, id, output),
                _ => await SayAsync(output, Usage, exitCode: 2),
            };
        }
        catch (BrokerUnreachableException e)
        {
            return await SayAsync(output, "The broker cannot be reached: " + (e.InnerException ?? e).Message, exitCode: 1);
        }
    }

    private static async Task<int> ListQueuesAsync(ErrorQueues queues, TextWriter output)
    {
        var counts = await queues.CountAsync();
        if (counts.All(c => c.Messages == 0))
        {
            return await SayAsync(output, "No failed messages.", exitCode: 0);
        }

        foreach (var (queue, messages) in counts.Where(c => c.Messages > 0))
        {
            await output.WriteLineAsync($"{messages,6}  {queue}");
        }

        return 0;
    }

    private static async Task<int> ListMessagesAsync(ErrorQueues queues, string queue, TextWriter output)
    {
        if (await queues.PeekAsync(queue, Listed) is not { } messages)
        {
            return await NoSuchQueueAsync(output, queue);
        }

        foreach (var message in messages)
        {
            var at = message.Headers.GetValueOrDefault("MT-Fault-Timestamp", "");
            await output.WriteLineAsync(PersonalData.Mask($"{message.Number,4}  {message.MessageId}  {at}  {message.Reason.ReplaceLineEndings(" ")}"));
        }

        return messages.Count < Listed ? 0 : await SayAsync(output, $"(the first {Listed})", exitCode: 0);
    }

    private static async Task<int> ShowAsync(ErrorQueues queues, string queue, int number, TextWriter output)
    {
        if (await queues.PeekAsync(queue, number) is not { } messages)
        {
            return await NoSuchQueueAsync(output, queue);
        }

        if (messages.Count < number)
        {
            return await SayAsync(output, $"{queue} has {messages.Count} failed messages.", exitCode: 1);
        }

        var message = messages[number - 1];
        await output.WriteLineAsync("message " + message.MessageId);
        foreach (var (name, value) in message.Headers)
        {
            await output.WriteLineAsync(PersonalData.Mask(name + ": " + value));
        }

        await output.WriteLineAsync();
        return await SayAsync(output, PersonalData.Mask(message.Body), exitCode: 0);
    }

    private static async Task<int> ReplayAsync(ErrorQueues queues, string queue, string? id, TextWriter output) =>
        await queues.ReplayAsync(queue, id) switch
        {
            null => await NoSuchQueueAsync(output, queue),
            0 when id is not null => await SayAsync(output, $"{queue} has no failed message {id}.", exitCode: 1),
            var moved => await SayAsync(output, $"{moved} moved back to {queue}.", exitCode: 0),
        };

    private static Task<int> NoSuchQueueAsync(TextWriter output, string queue) => SayAsync(output, $"{queue} has no error queue.", exitCode: 1);

    private static async Task<int> SayAsync(TextWriter output, string text, int exitCode)
    {
        await output.WriteLineAsync(text);
        return exitCode;
    }
}
