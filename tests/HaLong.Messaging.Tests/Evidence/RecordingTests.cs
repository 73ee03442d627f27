using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Security.Claims;
using HaLong.Messaging.CrashHost;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Messaging.Tests.Evidence;

/// <summary>What a unit of work adds when it tells or records something.</summary>
public sealed class RecordingTests(Servers servers)
{
    [Fact]
    public async Task Evidence_costs_no_round_trip_of_its_own()
    {
        var (database, commands) = (await Sample.DatabaseAsync(servers), new Commands());
        await using var db = new SampleDb(new DbContextOptionsBuilder<SampleDb>().UseNpgsql(database).UseSnakeCaseNamingConvention().AddInterceptors(commands).Options);
        var id = db.Enqueue(new WorkDone(Guid.CreateVersion7(), "x"));
        await db.SaveChangesAsync();

        var command = Assert.Single(commands.Texts);
        Assert.Contains("INSERT INTO evidence", command, StringComparison.Ordinal);
        Assert.Contains("INSERT INTO outbox_message", command, StringComparison.Ordinal);
        Assert.Equal(id, (await db.Set<EvidenceRow>().AsNoTracking().SingleAsync()).Id);
        Assert.Equal((await db.Set<OutboxMessage>().SingleAsync()).MessageId, id);
    }

    [Fact]
    public async Task A_recorded_change_is_kept_without_its_content()
    {
        await using var db = Sample.Context(await Sample.DatabaseAsync(servers));
        var id = db.Record("sample.changed", "thing-7", new { Secret = "không ai thấy", Number = 7 });
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        var row = await db.Set<EvidenceRow>().SingleAsync();
        Assert.Equal((id, "sample.changed", "thing-7", "system"), (row.Id, row.Kind, row.Subject, row.Actor));
        Assert.Equal((32, null, null, null), (row.ContentHash.Length, row.Position, row.PreviousHash, row.Hash));
        using var content = System.Text.Json.JsonDocument.Parse("""{"number":7,"secret":"không ai thấy"}""");
        Assert.Equal(CanonicalJson.Hash(content.RootElement), row.ContentHash);
        Assert.Equal(0, await db.Set<OutboxMessage>().CountAsync());
        Assert.Throws<ArgumentException>(() => db.Record("", "x", 1));
        Assert.Throws<ArgumentNullException>(() => db.Record("x", null!, 1));
    }

    [Theory]
    [InlineData("0198e000-0000-7000-8000-000000000001", null, "0198e000-0000-7000-8000-000000000001")]
    [InlineData("0198e000-0000-7000-8000-000000000001", """{"sub":"0198e000-0000-7000-8000-000000000002"}""", "0198e000-0000-7000-8000-000000000002")]
    [InlineData("dossier", null, "dossier")]
    [InlineData("", null, "system")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890", null, "system")]
    public void The_actor_is_who_pressed_the_button(string subject, string? act, string actor)
    {
        var claims = new List<Claim> { new("sub", subject) };
        if (act is not null)
        {
            claims.Add(new Claim("act", act));
        }

        var http = new DefaultHttpContext { User = new ClaimsPrincipal(new ClaimsIdentity(claims)) };
        using var services = new ServiceCollection().AddSingleton<IHttpContextAccessor>(new HttpContextAccessor { HttpContext = http }).BuildServiceProvider();
        Assert.Equal(actor, Message().EvidenceOf(services).Actor);
        Assert.Equal("system", Message().EvidenceOf(services: null).Actor);
    }

    [Fact]
    public void Time_is_kept_as_the_database_keeps_it()
    {
        var at = new DateTimeOffset(2026, 11, 30, 10, 0, 0, TimeSpan.Zero).AddTicks(12345678);
        var row = Message(at).EvidenceOf(services: null);
        Assert.Equal(12345670, row.OccurredAt.TimeOfDay.Ticks % TimeSpan.TicksPerHour);
    }

    [Theory]
    [InlineData(nameof(EvidenceOptions.ChainInterval), "00:00:00.05", "Evidence:ChainInterval")]
    [InlineData(nameof(EvidenceOptions.ChainInterval), "00:01:01", "Evidence:ChainInterval")]
    [InlineData(nameof(EvidenceOptions.AnchorInterval), "1.00:00:01", "Evidence:AnchorInterval")]
    [InlineData(nameof(EvidenceOptions.WitnessTimeout), "00:00:00.5", "Evidence:WitnessTimeout")]
    public void Intervals_out_of_range_are_named(string property, string value, string key) =>
        Assert.StartsWith(key, Assert.Single(Validate(o => typeof(EvidenceOptions).GetProperty(property)!.SetValue(o, TimeSpan.Parse(value, System.Globalization.CultureInfo.InvariantCulture)))), StringComparison.Ordinal);

    [Fact]
    public void Other_options_out_of_range_are_named_and_the_defaults_are_none()
    {
        Assert.Empty(Validate(_ => { }));
        Assert.StartsWith("Evidence:BatchSize", Assert.Single(Validate(o => o.BatchSize = 0)), StringComparison.Ordinal);
        Assert.StartsWith("Evidence:BatchSize", Assert.Single(Validate(o => o.BatchSize = 10_001)), StringComparison.Ordinal);
        Assert.StartsWith("Evidence:Witness", Assert.Single(Validate(o => o.Witness = "")), StringComparison.Ordinal);
    }

    private static OutboxMessage Message(DateTimeOffset? at = null) => new()
    {
        MessageId = Guid.CreateVersion7(),
        Type = "sample.work-done.v1",
        Payload = """{"workId":"0198e000-0000-7000-8000-000000000009"}""",
        OccurredAt = at ?? TimeProvider.System.GetUtcNow(),
        AvailableAt = at ?? TimeProvider.System.GetUtcNow(),
    };

    private static List<string> Validate(Action<EvidenceOptions> change)
    {
        var (options, results) = (new EvidenceOptions(), new List<ValidationResult>());
        change(options);
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.ConvertAll(r => r.ErrorMessage!);
    }

    private sealed class Commands : DbCommandInterceptor
    {
        public List<string> Texts { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("INSERT", StringComparison.Ordinal))
                Texts.Add(command.CommandText);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}
