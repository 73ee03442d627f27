using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaLong.ServiceDefaults.Tests;

public sealed class TelemetryTests
{
    [Theory]
    [InlineData("CCCD 001099012345 nộp", "CCCD ••• nộp")]
    [InlineData("\"personalNumber\":\"001099012345\"", "\"personalNumber\":\"•••\"")]
    [InlineData("001099012345.", "•••.")]
    [InlineData("tel 0912345678, +84912345678", "tel •••, •••")]
    [InlineData("thư nguyen.van.a+x@example.com.vn!", "thư •••@example.com.vn!")]
    [InlineData("two 001099012345 001099012346", "two ••• •••")]
    public void Personal_data_is_masked(string text, string masked) => Assert.Equal(masked, PersonalData.Mask(text));

    [Theory]
    [InlineData("000.00.01.H49-260715-0001")]
    [InlineData("dossier 0198f1a2-7c3b-7def-8123-001099012345 created")]
    [InlineData("trace=0af7651916cd43dd8448eb211c80319c")]
    [InlineData("00-00000000000000000000001099012345-0000000000000001-01")]
    [InlineData("sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("procedure 1.013978, 1250000 VND, 1784102400, 1784102400000")]
    [InlineData("short")]
    public void Codes_and_identifiers_stay(string text) => Assert.Equal(text, PersonalData.Mask(text));

    [Fact]
    public void The_console_line_is_masked_with_its_exception_and_has_the_trace()
    {
        using var activity = new Activity("work").Start();
        var formatter = new MaskingConsoleFormatter(TimeProvider.System);
        using var output = new StringWriter();
        Write(formatter, output, LogLevel.Error, "for 001099012345", new InvalidOperationException("mail a@b.vn"));
        var text = output.ToString();
        Assert.Contains("fail Tests: for •••", text, StringComparison.Ordinal);
        Assert.Contains("mail •••@b.vn", text, StringComparison.Ordinal);
        Assert.Contains("trace=" + activity.TraceId.ToHexString(), text, StringComparison.Ordinal);
        Assert.DoesNotContain("001099012345", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_tells_its_exception_in_one_line()
    {
        var formatter = new MaskingConsoleFormatter(TimeProvider.System);
        using var output = new StringWriter { NewLine = "\n" };
        Write(formatter, output, LogLevel.Warning, "again", new InvalidOperationException("outer", new IOException("inner\nline")));
        Assert.Equal("  InvalidOperationException: outer <- IOException: inner line", output.ToString().Split('\n')[1]);
    }

    [Fact]
    public async Task What_leaves_by_OTLP_holds_no_personal_data()
    {
        var bodies = new ConcurrentBag<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.MapPost("/v1/logs", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            bodies.Add(Encoding.UTF8.GetString(body.ToArray()));
        });
        collector.MapPost("/v1/{other}", () => Results.Ok());
        await collector.StartAsync();

        await using (var app = await TestApp.StartAsync(
            settings: [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]))
        {
            var log = app.Services.GetRequiredService<ILogger<TelemetryTests>>();
            Heard(log, "001099012345", 12099012345, "000.00.01.H49-260715-0001", new InvalidOperationException("mail a@b.vn", new IOException("tel 0912345678")));
        }

        var sent = string.Concat(bodies);
        Assert.Contains("000.00.01.H49-260715-0001", sent, StringComparison.Ordinal);
        Assert.Contains("exception.stacktrace", sent, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("001099012345", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("a@b.vn", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("0912345678", sent, StringComparison.Ordinal);
    }

    private static readonly Action<ILogger, string, long, string, Exception?> HeardOf =
        LoggerMessage.Define<string, long, string>(LogLevel.Error, new EventId(1), "Heard of {Person} {Number} {Dossier}");

    private static void Heard(ILogger log, string person, long number, string dossier, Exception exception) => HeardOf(log, person, number, dossier, exception);

    private static void Write(MaskingConsoleFormatter formatter, TextWriter output, LogLevel level, string message, Exception exception) =>
        formatter.Write(new LogEntry<string>(level, "Tests", new EventId(1), message, exception, (s, _) => s), scopeProvider: null, output);
}
