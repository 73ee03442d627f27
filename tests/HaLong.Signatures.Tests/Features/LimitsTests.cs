using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Features;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Signatures.Tests.Features;

/// <summary>What operators rely on: bounded work, measurements, logs without content.</summary>
public sealed class LimitsTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_all_places_are_taken_the_answer_is_503_with_a_time_to_try_again()
    {
        await using var service = SignatureFixture.Create(fixture.Servers, fixture.Identity)
            .WithSetting("Validation:MaxConcurrent", "1").WithSetting("Validation:MaxWaitSeconds", "0");
        await service.StartAsync();
        var slots = service.Services.GetRequiredService<ValidationSlots>();
        using var client = service.Client();
        async Task<HttpResponseMessage> PostAsync()
        {
            var body = new ByteArrayContent(SamplePdfs.Table());
            body.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
            return await client.PostAsync("/api/v1/validations", body, Ct);
        }

        Assert.True(await slots.EnterAsync(Ct));
        using (var busy = await PostAsync())
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(5), busy.Headers.RetryAfter?.Delta);
            Assert.Equal("SIG-0010", (await busy.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
        }

        slots.Leave();
        using var free = await PostAsync();
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
    }

    [Fact]
    public async Task Signing_refusing_and_validating_are_measured_and_traced()
    {
        var measured = new ConcurrentBag<string>();
        var spans = new ConcurrentBag<string>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (i, l) =>
            { if (i.Meter.Name == SignatureTelemetry.Name) l.EnableMeasurementEvents(i); }
        };
        meters.SetMeasurementEventCallback<long>((i, _, tags, _) => measured.Add(i.Name + string.Concat(tags.ToArray().Select(t =>
            $" {t.Key}={t.Value}"))));
        meters.SetMeasurementEventCallback<double>((i, value, tags, _) =>
            measured.Add(i.Name + string.Concat(tags.ToArray().Select(t => $" {t.Key}={t.Value}")) + (value > 0)));
        meters.Start();
        using var traces = new ActivityListener
        {
            ShouldListenTo = s => s.Name == SignatureTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a => spans.Add(a.OperationName),
        };
        ActivitySource.AddActivityListener(traces);

        var request = SignatureFixture.Request(SamplePdfs.Table());
        var client = fixture.AsDossier();
        var signed = await client.SignPdfAsync(request);
        await client.SignPdfAsync(request);
        await SignatureFixture.RefusedAsync(async () => await client.SignPdfAsync(SignatureFixture.Request([1])));
        await client.ValidatePdfAsync(new ValidatePdfRequest { Pdf = signed.SignedPdf });

        Assert.Contains("halong.signature.signed replayed=False", measured);
        Assert.Contains("halong.signature.signed replayed=True", measured);
        Assert.Contains("halong.signature.refused code=SIG-0002", measured);
        Assert.Contains("halong.signature.validated indication=Valid", measured);
        Assert.Contains("halong.signature.duration operation=signTrue", measured);
        Assert.Contains("halong.signature.duration operation=validateTrue", measured);
        Assert.Contains("sign pdf", spans);
        Assert.Contains("validate pdf", spans);
    }

    [Fact]
    public async Task No_log_line_holds_what_the_document_or_the_remarks_say()
    {
        var lines = new ConcurrentBag<string>();
        await using var service = SignatureFixture.Create(fixture.Servers, fixture.Identity).WithServices(s =>
            s.AddLogging(l => l.AddProvider(new Collecting(lines))));
        await service.StartAsync();
        var client = new Neighbour(service.Grpc(fixture.Identity.ServiceToken("dossier")));
        var marked = SamplePdfs.Replace(SamplePdfs.Table(), "Approved: yes", "MARKER-IN-PDF");
        var request = SignatureFixture.Request(marked);
        (request.Reason, request.Location) = ("MARKER-IN-REASON", "MARKER-IN-LOCATION");
        await client.SignPdfAsync(request);
        request.DocumentId = Guid.CreateVersion7().ToString();
        request.Pdf = Google.Protobuf.ByteString.CopyFrom(marked[..^20]);
        await SignatureFixture.RefusedAsync(async () => await client.SignPdfAsync(request));

        Assert.Contains(lines, l => l.Contains(request.DocumentId, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Contains("MARKER", StringComparison.Ordinal)
            || l.Contains(SignatureFixture.KeyPassword, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_error_has_its_own_code_and_both_languages()
    {
        var errors = typeof(HaLong.Signatures.Domain.SignatureErrors).GetFields().Select(f => (Error)f.GetValue(null)!).ToList();

        Assert.Equal(errors.Count, errors.Select(e => e.Code).Distinct().Count());
        Assert.All(errors, e => Assert.Matches("^SIG-[0-9]{4}$", e.Code));
        Assert.All(errors, e => Assert.True(e.Vi.Length > 10 && e.En.Length > 10 && e.Vi != e.En));
    }

    private sealed class Collecting(ConcurrentBag<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter) =>
            lines.Add(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
