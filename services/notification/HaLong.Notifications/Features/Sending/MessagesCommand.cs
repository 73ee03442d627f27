using System.Globalization;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Sending;

/// <summary>The run mode <c>messages</c>: dead letters from the command line.</summary>
internal static class MessagesCommand
{
    private const int Listed = 50;

    private const string Usage = """
        messages list [channel]                  the newest 50 dead letters, of one channel or all
        messages count [channel]                 how many of them would be driven again
        messages redrive <id>                    drives one again
        messages redrive all|<channel>           drives up to 1,000 again, the oldest first
        """;

    public static async Task<int> RunMessagesCommandAsync(this WebApplication app, string[] args, TextWriter output)
    {
        await using (app)
            return await RunAsync(app.Services, args, output);
    }

    internal static async Task<int> RunAsync(IServiceProvider services, string[] args, TextWriter output)
    {
        await using var scope = services.CreateAsyncScope();
        var letters = scope.ServiceProvider.GetRequiredService<DeadLetters>();
        return args switch
        {
            ["list"] => await ListAsync(scope.ServiceProvider, null, output),
            ["list", var channel] => await ListAsync(scope.ServiceProvider, channel, output),
            ["count"] => await ManyAsync(letters, null, dryRun: true, output),
            ["count", var channel] => await ManyAsync(letters, channel, dryRun: true, output),
            ["redrive", var text] when Guid.TryParse(text, out var id) => await OneAsync(letters, id, output),
            ["redrive", "all"] => await ManyAsync(letters, null, dryRun: false, output),
            ["redrive", var channel] => await ManyAsync(letters, channel, dryRun: false, output),
            _ => await SayAsync(output, Usage, exitCode: 2),
        };
    }

    private static async Task<int> ListAsync(IServiceProvider services, string? channel, TextWriter output)
    {
        var filter = MessageFilter.Read(Words.Of(MessageState.Failed), channel, null, null);
        if (!filter.IsSuccess)
            return await SayAsync(output, Usage, exitCode: 2);
        var db = services.GetRequiredService<NotificationDbContext>();
        var letters = await filter.Value.Of(db.Messages.AsNoTracking()).OrderByDescending(m => m.Id).Take(Listed).Select(OutgoingView.From).ToListAsync();
        foreach (var m in letters)
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{m.Id}  {m.CreatedAt:u}  {m.Channel,-5}  {m.Provider ?? "-",-10}  {m.Kind}  {m.Attempts} attempts: {m.Reason}"));
        return letters.Count > 0 ? 0 : await SayAsync(output, "No dead letters.", exitCode: 0);
    }

    private static async Task<int> OneAsync(DeadLetters letters, Guid id, TextWriter output)
    {
        var redriven = await letters.RedriveAsync(id, CancellationToken.None);
        return redriven.IsSuccess ? await SayAsync(output, $"{id} is due again.", exitCode: 0) : await SayAsync(output, redriven.Error.En, exitCode: 1);
    }

    private static async Task<int> ManyAsync(DeadLetters letters, string? channel, bool dryRun, TextWriter output)
    {
        var filter = MessageFilter.Read(Words.Of(MessageState.Failed), channel, null, null);
        if (!filter.IsSuccess)
            return await SayAsync(output, Usage, exitCode: 2);
        var (count, _) = await letters.RedriveAsync(filter.Value, null, DeadLetters.Most, dryRun, CancellationToken.None);
        return await SayAsync(output, dryRun ? $"{count} would be driven again." : $"{count} are due again.", exitCode: 0);
    }

    private static async Task<int> SayAsync(TextWriter output, string text, int exitCode)
    {
        await output.WriteLineAsync(text);
        return exitCode;
    }
}
