using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed class ObservationTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Transitions_uploads_and_waiting_dossiers_are_counted()
    {
        var counted = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "HaLong.Dossier")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counted.AddOrUpdate(instrument.Name + (tags.Length > 0 ? ":" + tags[0].Value : ""), value, (_, old) => old + value));
        listener.Start();
        await AcceptedOneAsync();
        Assert.True(counted["dossier.transitions:submit"] >= 1);
        Assert.True(counted["dossier.transitions:accept"] >= 1);
        Assert.True(counted["dossier.uploads"] >= 1);
        Assert.True(counted["dossier.upload_bytes"] > 100);

        await using var own = await dossiers.NewFactory().StartAsync(waitForBus: false);
        await Eventually.Async(
            () =>
            {
                listener.RecordObservableInstruments();
                return Task.FromResult(new[] { "SUBMITTED", "ACCEPTED", "PROCESSING", "RESOLVED" }.All(s => counted.ContainsKey("dossier.waiting:" + s)));
            },
            "every open state is counted");
    }

    [Fact]
    public async Task Writing_and_signing_a_result_are_steps_of_the_trace_of_its_approval()
    {
        var seen = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "HaLong.Dossier" or "HaLong.Messaging" or "MassTransit" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = seen.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var client = dossiers.Citizen();
        var id = await dossiers.ResolvedAsync(client);
        await Eventually.Async(() => Task.FromResult(Of("sign result") is not null && Of("write result") is not null), "both steps are traced");
        Assert.Equal(Of("write result")!.TraceId, Of("sign result")!.TraceId);

        Activity? Of(string name) => seen.FirstOrDefault(a => a.OperationName == name && a.GetTagItem("dossier.id") is Guid found && found == id);
    }

    [Fact]
    public async Task Nothing_personal_is_written_to_the_log()
    {
        // The forms carry names; codes and ids are all that log lines may show.
        using var log = new LogLines();
        await using var own = await dossiers.NewFactory().WithServices(s => s.AddSingleton<ILoggerProvider>(log)).StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token(check: "zq91"));
        var id = await DraftAsync(client);
        await BodyAsync(await PostAsync(client, id, "submission"));
        await BodyAsync(await PostAsync(own.Client(dossiers.Identity.Token(roles: [Roles.Reception], unit: Unit)), id, "acceptance"));
        await RefusedAsync(await own.Client().GetAsync("/api/v1/tracking/x?check=zq91", Ct), 404, "DOS-0020");
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains("Người Thử", StringComparison.Ordinal) || line.Contains("zq91", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Issued_results_are_listed_newest_first_page_by_page_and_in_the_language_asked_for()
    {
        var client = dossiers.Citizen();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
            ids.Add(await dossiers.ResolvedAsync(client));
        await SubmittedAsync(client);

        var listed = new List<Guid>();
        string? after = null;
        do
        {
            var page = await GetAsync(client, $"/api/v1/me/documents?kind=result&limit=2&after={after}");
            Assert.All(page.GetProperty("items").EnumerateArray(), d => Assert.DoesNotContain("Xác nhận", d.GetProperty("procedureName").GetString(), StringComparison.Ordinal));
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("dossierId").GetGuid()));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);
        Assert.Equal(Enumerable.Reverse(ids), listed);
        await RefusedAsync(await client.GetAsync("/api/v1/me/documents?after=WyJ4Il0", Ct), 400, "DOS-0006");
        Assert.Empty((await GetAsync(dossiers.Citizen(), "/api/v1/me/documents")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task States_and_refusals_speak_the_language_asked_for()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        Assert.Equal("Đã nộp", (await ViewAsync(client, id)).GetProperty("statusName").GetString());
        Assert.Equal("Không tìm thấy hồ sơ.", (await RefusedAsync(await PostAsync(client, Guid.CreateVersion7(), "submission"), 404, "DOS-0001")).GetProperty("title").GetString());
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        Assert.Equal("Submitted", (await ViewAsync(client, id)).GetProperty("statusName").GetString());
        var refused = await RefusedAsync(await PostAsync(client, id, "submission"), 409, "DOS-0008");
        Assert.Contains("“Submitted”", refused.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_keep_their_shape_on_the_wire()
    {
        var (id, owner) = (Guid.Parse("01900000-0000-7000-8000-000000000001"), Guid.Parse("01900000-0000-7000-8000-000000000002"));
        var at = new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
        var json = JsonSerializer.SerializeToElement(
            new DossierSubmitted(id, "c", 1, at, "1.013978", Unit, owner, owner, "online", [new FeeItem("phi", "Phí", 1, true)]), JsonSerializerOptions.Web);
        Assert.Equal(
            ["dossierId", "code", "sequence", "occurredAt", "procedureCode", "unitCode", "ownerId", "actorId", "channel", "fees",
                "delegationId", "assistedSessionId", "assistedBy", "assistanceUnit", "assistancePlace", "receivingUnitCode", "supportUnitCode", "regime", "fieldCode", "basis"],
            json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["kind", "nameVi", "amount", "assumed"], json.GetProperty("fees")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(json.GetRawText(), JsonSerializer.SerializeToElement(json.Deserialize<DossierSubmitted>(JsonSerializerOptions.Web), JsonSerializerOptions.Web).GetRawText());
    }

    private async Task AcceptedOneAsync()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        using var accepted = await PostAsync(dossiers.Official(Roles.Reception), id, "acceptance");
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }

    /// <summary>Keeps every line that the service writes.</summary>
    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
