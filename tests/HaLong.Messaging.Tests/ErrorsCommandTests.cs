using HaLong.Messaging.CrashHost;
using HaLong.TestSupport;

namespace HaLong.Messaging.Tests;

public sealed class ErrorsCommandTests(Servers servers)
{
    private const string Queue = "sample-record-work";

    [Fact]
    public async Task Failed_messages_are_listed_shown_and_replayed()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        var ids = new[] { Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7() };
        var messageIds = ids.Select(_ => Guid.CreateVersion7()).ToList();
        host.Behaviour().Fault = () => new InvalidOperationException("Broken for 012345678901.");
        for (var i = 0; i < ids.Length; i++)
        {
            host.Behaviour().Failures[ids[i]] = 5;
            await host.PublishAsync(new WorkDone(ids[i], "tel 0912345678"), messageIds[i]);
        }

        var queues = new ErrorQueues(sample.Broker, [Queue]);
        await Eventually.Async(async () => (await queues.CountAsync()).SingleOrDefault().Messages == 3, "three failed", TimeSpan.FromSeconds(60));

        Assert.Equal((0, $"     3  {Queue}\n"), await RunAsync(host, "list"));
        var (code, listed) = await RunAsync(host, "list", Queue);
        Assert.Equal(0, code);
        var lines = listed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(messageIds, id => Assert.Contains(id.ToString(), listed, StringComparison.Ordinal));
        Assert.All(lines, l => Assert.Contains("Broken for •••.", l, StringComparison.Ordinal));

        // The number of the list is the number to show; looking leaves everything where it was.
        var second = Guid.Parse(lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        var (shown, text) = await RunAsync(host, "show", Queue, "2");
        Assert.Equal(0, shown);
        Assert.Contains("message " + second, text, StringComparison.Ordinal);
        Assert.Contains("MT-Fault-StackTrace", text, StringComparison.Ordinal);
        Assert.Contains(ids[messageIds.IndexOf(second)].ToString(), text, StringComparison.Ordinal);
        Assert.DoesNotContain("0912345678", text, StringComparison.Ordinal);

        Assert.Equal((0, $"1 moved back to {Queue}.\n"), await RunAsync(host, "replay", Queue, second.ToString()));
        await sample.SettledAsync(1);
        Assert.Equal((0, $"2 moved back to {Queue}.\n"), await RunAsync(host, "replay", Queue));
        await sample.SettledAsync(3);
        Assert.Equal((0, "No failed messages.\n"), await RunAsync(host, "list"));
        Assert.Equal((0, $"0 moved back to {Queue}.\n"), await RunAsync(host, "replay", Queue));
    }

    [Fact]
    public async Task A_replayed_message_that_was_handled_meanwhile_is_a_duplicate()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        var (id, messageId) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Behaviour().Failures[id] = 5;
        await host.PublishAsync(new WorkDone(id, "x"), messageId);
        var queues = new ErrorQueues(sample.Broker, [Queue]);
        await Eventually.Async(async () => (await queues.CountAsync()).SingleOrDefault().Messages == 1, "failed", TimeSpan.FromSeconds(60));
        await host.PublishAsync(new WorkDone(id, "x"), messageId);
        await sample.SettledAsync(1);
        using var meters = host.Meters();
        Assert.Equal(1, await queues.ReplayAsync(Queue, null));
        await Eventually.Async(() => Task.FromResult(meters["inbox.duplicates"] == 1), "refused as a duplicate");
        await sample.SettledAsync(1);
    }

    [Fact]
    public async Task What_does_not_exist_is_said()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        Assert.Equal((0, "No failed messages.\n"), await RunAsync(host, "list"));
        Assert.Equal((1, "nonsense has no error queue.\n"), await RunAsync(host, "list", "nonsense"));
        Assert.Equal((1, "nonsense has no error queue.\n"), await RunAsync(host, "show", "nonsense", "1"));
        Assert.Equal((1, "nonsense has no error queue.\n"), await RunAsync(host, "replay", "nonsense"));
        var (code, usage) = await RunAsync(host, "show", Queue, "zero");
        Assert.Equal(2, code);
        Assert.Contains("errors replay <queue> [messageId]", usage, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(host)).Code);
    }

    [Fact]
    public async Task It_is_a_run_mode_of_the_executable()
    {
        await using var sample = await Sample.CreateAsync(servers);
        await using (await sample.HostAsync())
        {
            await using var child = Child.Start(sample, "errors", "list");
            await child.EndAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal(0, child.ExitCode);
            await Eventually.Async(() => Task.FromResult(child.Output.Contains("No failed messages.", StringComparison.Ordinal)), "its answer");
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(ServiceFactory<WorkDone> host, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var code = await ErrorsCommand.RunAsync(host.Services, args, output);
        return (code, output.ToString());
    }
}
